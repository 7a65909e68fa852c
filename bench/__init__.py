"""Measures what Waymark costs beside a named peer. Timings are printed, never asserted."""

"""The room of WHO can help: partners, their services, places and hours, search, files in and out.

It must never know a survivor: it is asked with needs, a place and a language, and keeps none of it.
"""

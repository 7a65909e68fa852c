"""The core: messages, conversations, turns, consent, handoffs. It knows no web, Twilio or Rasa."""

"""The desk: where advocates take over live conversations. It knows no Twilio and no Rasa."""

"""Reminders: due soon, came back, decided; by e-mail and on the phone, each to be switched off."""

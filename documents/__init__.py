"""Paperwork in and out."""

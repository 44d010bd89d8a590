"""How the assistant runs."""

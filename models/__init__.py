"""Tables, with the queries and the changes about them."""

"""How long the desk and its deeds take, on a real server and in a real browser."""

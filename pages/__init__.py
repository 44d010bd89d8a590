"""The browser's pages: one module a page."""

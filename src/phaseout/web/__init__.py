"""The site: settings, addresses, the base page, what every request passes through."""

"""Things to put elsewhere, and what machines read: pictures, charts, embeds, sitemap."""

"""What proves a finding: links, videos, photos."""

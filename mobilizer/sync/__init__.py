"""What a phone sends by itself and is told: reports, media in pieces, promises, receipts."""

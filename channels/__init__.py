"""How a message reaches a person: channel kinds on Apprise, each answering with a typed outcome."""

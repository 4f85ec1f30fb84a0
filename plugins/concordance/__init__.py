"""The search index: what of a piece is found (`texts`), and the files a browser looks it up in (`index`)."""

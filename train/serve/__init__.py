"""The local page: articles read, labels put right, models taught, in a browser; what it saves is kept by `data.project`."""

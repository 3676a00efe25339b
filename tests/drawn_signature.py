"""What somebody drew on the screen with a finger: a picture, and as a page sends it."""

import base64

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
SIGNATURE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"

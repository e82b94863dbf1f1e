"""The service with two further routes: one that fails, and one that says how often the environment was restored."""

import handler as service
import http_api
import warming

restores = []
_after_restore = warming.after_restore


@warming.register_after_restore
def count():
    restores.append(1)


def broken(_request):
    raise ValueError("broken")


handler = http_api.http_api(
    {
        "GET /health": service.health,
        "POST /quotes": service.quote,
        "GET /broken": broken,
        "GET /restores": lambda _request: (200, {"restores": len(restores)}),
    }
)

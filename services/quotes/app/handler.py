"""The quotes service: what the delivery of a parcel costs and how long it takes, behind an HTTP API."""

import os
import uuid

from http_api import http_api
from log import logger
from problems import in_body, invalid_input

# Module scope runs once per execution environment, and with SnapStart once per version: a missing variable fails the deployment.
REGION = os.environ["AWS_REGION"]

#: Cents for a parcel, cents for each kilogram that has begun, and days, by country.
TARIFFS = {"IE": (450, 60, 1), "GB": (690, 110, 3), "DE": (750, 120, 3), "FR": (750, 120, 3), "AT": (820, 130, 4)}
HEAVIEST_GRAMS = 31_500


def quote(request):
    request.require_scope("quotes:read")
    country, grams = _parcel(request.body())
    base, each, days = TARIFFS[country]
    price = base + each * -(-grams // 1000)
    # From the generator of the operating system, which differs between environments that are restored from one snapshot.
    quote_id = str(uuid.uuid4())
    logger.info("quote made", quote_id=quote_id, country=country)
    return 200, {"quoteId": quote_id, "country": country, "weightGrams": grams, "priceCents": price, "days": days}


def _parcel(body):
    if not isinstance(body, dict):
        raise invalid_input([in_body("#", "expected an object")])
    country, grams = body.get("country"), body.get("weightGrams")
    issues = []
    if not isinstance(country, str) or country not in TARIFFS:
        issues.append(in_body("#/country", f"expected one of {', '.join(TARIFFS)}"))
    if type(grams) is not int or not 1 <= grams <= HEAVIEST_GRAMS:
        issues.append(in_body("#/weightGrams", f"expected an integer from 1 to {HEAVIEST_GRAMS}"))
    if issues:
        raise invalid_input(issues)
    return country, grams


def health(_request):
    return 200, {"status": "ok", "region": REGION}


handler = http_api({"GET /health": health, "POST /quotes": quote})

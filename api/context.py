"""The wired product behind the present request."""

from flask import current_app

from workflows.duban import Duban

KEY = "duban"


def current() -> Duban:
    duban: Duban = current_app.extensions[KEY]
    return duban

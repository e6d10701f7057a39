"""Bringing our message templates to Meta, who approves each before it may be sent."""

from __future__ import annotations

from sprechstunde.settings import SettingsError, get_settings
from sprechstunde.whatsapp import wording
from sprechstunde.whatsapp.client import GraphClient


async def submit_missing(client: GraphClient) -> dict[tuple[str, str], str]:
    """Submit what Meta does not know yet; returns the status of each of our templates by name and language.

    Raises SettingsError without an account id, GraphError when Meta refuses.
    """
    account_id = get_settings().whatsapp_business_account_id
    if account_id is None:
        raise SettingsError("WHATSAPP_BUSINESS_ACCOUNT_ID is missing: templates belong to an account")
    known = await client.templates(account_id)
    found = {}
    for template in wording.as_submitted():
        key = (template["name"], template["language"])
        found[key] = known.get(key) or await client.create_template(account_id, template)
    return found

"""Pages from templates: what is put into one is escaped there, and nowhere else."""

from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # 0.1 s: only for reports

    return Environment(
        loader=PackageLoader("mcpp.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def render(template: str, **values: Any) -> Markup:
    """Fill one of the templates beside this module. Same values, same text."""
    return Markup(_environment().get_template(template).render(**values))

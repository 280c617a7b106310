"""Pictures, charts and frames for elsewhere; oEmbed and the sitemap."""

from mobilizer.sharing.views import embeds, machines, pictures, telling
from mobilizer.sharing.views.frame import bp

__all__ = ["bp", "embeds", "machines", "pictures", "telling"]

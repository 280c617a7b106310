"""Which parameters of an address follow people instead of naming a page.

Some of them name the person who shared the link: a mobilizer who pastes an address from her
own account must not be found through it.
"""

from urllib.parse import quote, unquote_plus

#: Parameters dropped on every site: from campaigns, clicks, shares, newsletters and sessions.
EVERYWHERE = frozenset(
    "fbclid fb_ref fb_source fb_comment_id action_object_map action_ref_map action_type_map "
    "gclid gclsrc gbraid wbraid dclid srsltid _ga _gl _gac gad_source gad_campaignid "
    "msclkid twclid ttclid li_fat_id epik rdt_cid sccid yclid ysclid _openstat wickedid "
    "igsh igshid ig_rid ig_mid si mibextid sfnsn share_id share_token shareid "
    "mc_cid mc_eid mc_tc _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok "
    "oly_enc_id oly_anon_id vero_id vero_conv ml_subscriber ml_subscriber_hash s_cid s_kwcid "
    "xtor cmpid ncid guccounter guce_referrer guce_referrer_sig spm scm "
    "phpsessid jsessionid".split()
)

#: Beginnings of such parameters.
FAMILIES = ("utm_", "fb_action_", "hsa_", "mtm_", "pk_", "piwik_", "matomo_", "itm_", "__cft__")

#: Parameters that mean something elsewhere but only follow people on these sites.
ON_SITES: dict[str, frozenset[str]] = {
    site: frozenset(names.split())
    for site, names in {
        "youtube.com": "feature pp ab_channel app source_ve_path embeds_referring_euri",
        "youtu.be": "feature pp ab_channel",
        "facebook.com": "ref refid refsrc fref hc_ref hc_location __tn__ __xts__[0] __xts__ "
        "__eep__ rdid share_url eav paipv _rdr _rdc extid d locale h wtsid sfnsn notif_id notif_t",
        "fb.watch": "ref refid v d",
        "instagram.com": "hl ig_web_copy_link ig_cache_key h e s",
        "tiktok.com": "_r _t _d u_code ug_btm sec_uid sec_user_id sender_device sender_web_id "
        "is_from_webapp is_copy_url checksum share_app_id share_app_name share_author_id "
        "share_item_id share_link_id share_iid timestamp tt_from user_id web_id preview_pb "
        "social_sharing source social_share_type link_reflow_popup_iteration_sharer",
        "x.com": "s t ref_src ref_url cn twgr twcamp twterm",
        "twitter.com": "s t ref_src ref_url cn twgr twcamp twterm",
        "linkedin.com": "trk trackingid lipi rcm refid midtoken midsig",
        "google.com": "ved ei sxsrf sca_esv gs_lcrp gs_lp sclient sourceid usg psig ust oq aqs",
        "reddit.com": "share_id ref ref_source",
    }.items()
}


def tracks(piece: str, host: str) -> bool:
    """Whether one ``name=value`` of an address on this site only follows people."""
    name = unquote_plus(piece.partition("=")[0]).strip().lower()
    if name in EVERYWHERE or name.startswith(FAMILIES):
        return True
    return any(name in names for site, names in ON_SITES.items() if _on(host, site))


def without_tracking(query: str, host: str) -> list[str]:
    """The parameters that stay, in their order and as they were written.

    An address inside a parameter, as detours such as ``l.facebook.com`` have it, is freed too.
    """
    return [_freed(piece, host) for piece in query.split("&") if piece and not tracks(piece, host)]


def _on(host: str, site: str) -> bool:
    return host == site or host.endswith("." + site)


def _freed(piece: str, host: str) -> str:
    name, equals, value = piece.partition("=")
    page, mark, inner = unquote_plus(value).partition("?")
    if not mark or not page.lower().startswith(("http://", "https://")):
        return piece
    stays = "&".join(without_tracking(inner, host))
    if stays == inner:
        return piece
    return name + equals + quote(f"{page}?{stays}" if stays else page, safe="")

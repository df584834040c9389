using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Search;

namespace SelfService.Web.Pages.Editor;

/// <summary>An article as it is written in the browser: its text, and the front matter as fields.</summary>
public sealed class EditForm
{
    /// <summary>The revision that it began from.</summary>
    public int Base { get; set; }

    public string? Title { get; set; }
    public string? Summary { get; set; }
    public string? Body { get; set; }
    public string? Topic { get; set; }

    /// <summary>Other words customers use, one a line.</summary>
    public string? Keywords { get; set; }

    /// <summary>Separated by commas.</summary>
    public string? Tags { get; set; }

    public Audience Audience { get; set; }

    /// <summary>The last part of its address.</summary>
    public string? Address { get; set; }

    /// <summary>Slugs, one a line.</summary>
    public string? Related { get; set; }

    /// <summary>Old addresses, one a line.</summary>
    public string? RedirectFrom { get; set; }

    /// <summary>A day of the company's calendar.</summary>
    public string? ReviewBy { get; set; }

    /// <inheritdoc cref="ReviewBy"/>
    public string? ExpiresAt { get; set; }

    /// <summary>Two letters; empty for the company's own.</summary>
    public string? Language { get; set; }

    /// <summary>ISO 3166 code; empty for all.</summary>
    public string? Country { get; set; }

    /// <summary>Slug or address of the article that it says for other readers.</summary>
    public string? VariantOf { get; set; }

    private static readonly (string Name, Func<EditForm, string?> Get, Action<EditForm, string?> Set)[] Fields =
    [
        (nameof(Title), f => f.Title, (f, v) => f.Title = v), (nameof(Summary), f => f.Summary, (f, v) => f.Summary = v), (nameof(Body), f => f.Body, (f, v) => f.Body = v),
        (nameof(Topic), f => f.Topic, (f, v) => f.Topic = v), (nameof(Keywords), f => f.Keywords, (f, v) => f.Keywords = v), (nameof(Tags), f => f.Tags, (f, v) => f.Tags = v),
        (nameof(Audience), f => f.Audience.ToString(), (f, v) => f.Audience = Enum.Parse<Audience>(v!)), (nameof(Address), f => f.Address, (f, v) => f.Address = v),
        (nameof(Related), f => f.Related, (f, v) => f.Related = v), (nameof(RedirectFrom), f => f.RedirectFrom, (f, v) => f.RedirectFrom = v),
        (nameof(ReviewBy), f => f.ReviewBy, (f, v) => f.ReviewBy = v), (nameof(ExpiresAt), f => f.ExpiresAt, (f, v) => f.ExpiresAt = v),
        (nameof(Language), f => f.Language, (f, v) => f.Language = v), (nameof(Country), f => f.Country, (f, v) => f.Country = v), (nameof(VariantOf), f => f.VariantOf, (f, v) => f.VariantOf = v),
    ];

    /// <summary>Takes over what another has changed and she has not.</summary>
    /// <param name="began">What both began from.</param>
    /// <returns>The fields that were taken over, and those that both changed, with what the other has.</returns>
    public (IReadOnlyList<string> Taken, IReadOnlyList<(string Field, string Theirs)> Both) Meet(EditForm began, EditForm theirs)
    {
        var (taken, both) = (new List<string>(), new List<(string, string)>());
        foreach (var (name, get, set) in Fields)
        {
            string Of(EditForm form) => get(form) ?? "";
            if (Of(this) == Of(theirs) || Of(theirs) == Of(began))
            {
                continue;
            }

            if (Of(this) == Of(began))
            {
                set(this, get(theirs));
                taken.Add(name);
            }
            else
            {
                both.Add((name, Of(theirs)));
            }
        }

        return (taken, both);
    }

    /// <summary>The form for a text.</summary>
    public static EditForm Of(ArticleContent content, string slug, int number, DateTimeZone zone) => new()
    {
        Base = number,
        Title = content.Title,
        Summary = content.Summary,
        Body = content.Body,
        Topic = content.Category,
        Keywords = string.Join('\n', content.Keywords),
        Tags = string.Join(", ", content.Tags),
        Audience = content.Audience,
        Address = content.Slug is { Length: > 0 } wished ? wished : slug,
        Related = string.Join('\n', content.Related),
        RedirectFrom = string.Join('\n', content.RedirectFrom),
        ReviewBy = Written(content.ReviewBy, zone),
        ExpiresAt = Written(content.ExpiresAt, zone),
        Language = content.Language,
        Country = content.Country,
        VariantOf = content.VariantOf,
    };

    /// <summary>What was written, without looking whether it can be published.</summary>
    /// <param name="before">The text that it was made from; what has no field stays.</param>
    /// <param name="slug">Address that the article has.</param>
    public ArticleContent Content(ArticleContent before, string slug, DateTimeZone zone)
    {
        var address = Slug.From(Line(Address, Article.SlugMaxLength), "");
        return before with
        {
            Title = Line(Title, ArticleContent.TitleMaxLength),
            Summary = Line(Summary, ArticleContent.SummaryMaxLength),
            Body = Text(Body),
            Category = Topic is { Length: > 0 } ? Topic : before.Category,
            Keywords = Lines(Keywords, '\n'),
            Tags = Lines(Tags, ','),
            Audience = Audience,
            Slug = address.Length > 0 && address != slug ? address : null,
            Related = [.. Lines(Related, '\n').Select(SlugOf).Where(r => r.Length > 0 && r != slug).Distinct()],
            RedirectFrom = [.. Lines(RedirectFrom, '\n').Select(ArticleRedirect.Normalise).Where(p => p.Length is > 1 and <= ArticleRedirect.PathMaxLength).Distinct()],
            ReviewBy = Day(ReviewBy, zone),
            ExpiresAt = Day(ExpiresAt, zone),
            Language = Line(Language, 2),
            Country = Line(Country, 2),
            VariantOf = SlugOf(VariantOf) is var main && main != slug ? main : "",
            Status = ArticleStatus.Published,
            PublishAt = null,
        };
    }

    /// <summary>Says beside the fields what cannot be saved.</summary>
    /// <param name="say">Words of a key.</param>
    public void Check(ModelStateDictionary state, IReadOnlySet<string> topics, CompanyProfile company, Func<string, object[], string> say)
    {
        void Refuse(string field, string key, params object[] values) => state.AddModelError(field, say(key, values));
        if (Line(Title, int.MaxValue).Length is 0)
        {
            Refuse(nameof(Title), "Editor.TitleRequired");
        }
        else if (Line(Title, int.MaxValue).Length > ArticleContent.TitleMaxLength)
        {
            Refuse(nameof(Title), "Editor.TooLong", ArticleContent.TitleMaxLength);
        }

        if (Line(Summary, int.MaxValue).Length > ArticleContent.SummaryMaxLength)
        {
            Refuse(nameof(Summary), "Editor.TooLong", ArticleContent.SummaryMaxLength);
        }

        if (System.Text.Encoding.UTF8.GetByteCount(Body ?? "") > TextFile.MaxBytes)
        {
            Refuse(nameof(Body), "Editor.BodyTooLong", TextFile.MaxBytes / 1024);
        }

        if (!topics.Contains(Topic ?? ""))
        {
            Refuse(nameof(Topic), "Editor.TopicRequired");
        }

        if (Language is { Length: > 0 } language && !company.Languages.Contains(language))
        {
            Refuse(nameof(Language), "Editor.ChooseOne");
        }

        if (Country is { Length: > 0 } country && !company.Countries.Contains(country))
        {
            Refuse(nameof(Country), "Editor.ChooseOne");
        }

        foreach (var (field, text, separator) in new[] { (nameof(Keywords), Keywords, '\n'), (nameof(Tags), Tags, ','), (nameof(Related), Related, '\n'), (nameof(RedirectFrom), RedirectFrom, '\n') })
        {
            var items = (text ?? "").Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (items.Length > ArticleContent.ListMaxItems || items.Any(i => i.Length > ArticleContent.ListItemMaxLength))
            {
                Refuse(field, "Editor.ListTooLong", ArticleContent.ListMaxItems, ArticleContent.ListItemMaxLength);
            }
        }

        foreach (var (field, text) in new[] { (nameof(ReviewBy), ReviewBy), (nameof(ExpiresAt), ExpiresAt) })
        {
            if (!string.IsNullOrWhiteSpace(text) && Day(text, DateTimeZone.Utc) is null)
            {
                Refuse(field, "Editor.DateUnreadable");
            }
        }
    }

    private static string? Written(DateTime? moment, DateTimeZone zone) =>
        moment is { } at ? LocalDatePattern.Iso.Format(Instant.FromDateTimeUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc)).InZone(zone).Date) : null;

    private static DateTime? Day(string? text, DateTimeZone zone) =>
        LocalDatePattern.Iso.Parse((text ?? "").Trim()) is { Success: true, Value: { Year: >= 1970 and < 3000 } day } ? zone.AtStartOfDay(day).ToDateTimeUtc() : null;

    private static string Line(string? text, int length) =>
        string.Join(' ', TextFile.Printable(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Cut(length);

    /// <summary>Slug in an address, or as it is.</summary>
    public static string SlugOf(string? typed) => Slug.From((typed ?? "").Trim().TrimEnd('/').Split('/')[^1], "");

    private static string Text(string? text) => TextFile.Printable((text ?? "").ReplaceLineEndings("\n")).Trim('\n');

    private static IReadOnlyList<string> Lines(string? text, char separator) =>
        [.. (text ?? "").Split(separator).Select(l => Line(l, ArticleContent.ListItemMaxLength)).Where(l => l.Length > 0).Distinct().Take(ArticleContent.ListMaxItems)];
}

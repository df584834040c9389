using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Core.Shortcuts;

/// <summary>What a shortcut leads to.</summary>
public enum ShortcutKind
{
    Topic,
    Action,
}

/// <summary>A place of the portal that answers what was typed better than any article: a topic, or something to do.</summary>
/// <param name="Icon">Name of an icon of the sprite, or empty.</param>
/// <param name="GuestsOnly">True for what only makes sense to who has not signed in.</param>
public sealed record Shortcut(ShortcutKind Kind, string Title, string Url, string Icon, bool GuestsOnly = false);

/// <summary>
/// Topics and actions by what people type for them, in two small indexes of the kind that holds the articles. Any thread
/// may ask; a change puts a whole new index in the place of the old one.
/// </summary>
public sealed class ShortcutIndex(CompanyProfile company, SearchLanguage language)
{
    private readonly Lock _writing = new();

    private SearchLanguage _language = language;

    private Group _actions = new(language,
    [
        .. company.Actions.Select(action => new Entry(
            new Shortcut(ShortcutKind.Action, action.Title, action.Address, action.Icon, action.GuestsOnly), action.Words, "", Audience.Public)),
    ]);

    private Group _topics = new(language, []);
    private Dictionary<string, string> _titles = [];

    /// <summary>Title of a topic; empty when it has no article.</summary>
    public string TitleOf(string topic) => Volatile.Read(ref _titles).GetValueOrDefault(topic, "");

    /// <summary>Reads the topics again: those with a published article, each for the audience of its most public one.</summary>
    public async Task FollowAsync(PortalDbContext db, CancellationToken cancel)
    {
        var rows = await db.Articles.VisibleTo(Audience.Staff)
            .Select(a => new { a.Category.Slug, a.Category.Title, a.Category.Description, a.Category.Icon, a.Audience })
            .Distinct().ToListAsync(cancel);
        var entries = rows.GroupBy(row => row.Slug).OrderBy(topic => topic.Key, StringComparer.Ordinal).Select(topic =>
        {
            var first = topic.MinBy(row => row.Audience)!;
            var shortcut = new Shortcut(ShortcutKind.Topic, first.Title, ArticleAddress.OfTopic(first.Slug), first.Icon);
            return new Entry(shortcut, [first.Slug.Replace('-', ' ')], first.Description, first.Audience);
        });
        lock (_writing)
        {
            Volatile.Write(ref _topics, new Group(_language, [.. entries]));
        }

        Volatile.Write(ref _titles, rows.DistinctBy(row => row.Slug).ToDictionary(row => row.Slug, row => row.Title));
    }

    /// <summary>Takes other synonyms: places are found by the other words for their titles.</summary>
    public void Learn(SearchLanguage language)
    {
        lock (_writing)
        {
            _language = language;
            Volatile.Write(ref _actions, _actions.In(language));
            Volatile.Write(ref _topics, _topics.In(language));
        }
    }

    /// <summary>Topics, then actions, that complete what has been typed, the best of each first.</summary>
    /// <param name="typed">Text in the search box; its last word may be unfinished.</param>
    /// <param name="audience">Highest audience this person belongs to.</param>
    /// <param name="limit">Of each kind at most.</param>
    public IReadOnlyList<Shortcut> Suggest(string typed, Audience audience, int limit) =>
    [
        .. Volatile.Read(ref _topics).Find(typed, audience).Take(limit).Select(found => found.Shortcut),
        .. Volatile.Read(ref _actions).Find(typed, audience).Take(limit).Select(found => found.Shortcut),
    ];

    /// <summary>What a finished question asks for by name, actions first: every word of it is in the title or among the words for it.</summary>
    /// <param name="query">The question as it was sent.</param>
    /// <param name="audience">Highest audience this person belongs to.</param>
    /// <param name="limit">Of both kinds together at most.</param>
    public IReadOnlyList<Shortcut> Named(string query, Audience audience, int limit) =>
    [
        .. Volatile.Read(ref _actions).Find(query + " ", audience).Concat(Volatile.Read(ref _topics).Find(query + " ", audience))
            .Where(found => found.ByName).Take(limit).Select(found => found.Shortcut),
    ];

    private sealed record Entry(Shortcut Shortcut, IReadOnlyList<string> Words, string Description, Audience Audience);

    private sealed class Group
    {
        private const string DescriptionMark = "description";

        private readonly Entry[] _entries;
        private readonly MemorySearchEngine _engine;

        public Group(SearchLanguage language, Entry[] entries)
        {
            (_entries, _engine) = (entries, new MemorySearchEngine(language));
            _engine.Apply([.. entries.Select((entry, place) => Document(entry, place, language))], [], 1);
        }

        /// <summary>The same entries found by other words.</summary>
        public Group In(SearchLanguage language) => new(language, _entries);

        /// <summary>Letters that must be typed: fewer begin something in nearly every topic.</summary>
        private const int Shortest = 3;

        /// <summary>All that fit, best first, and whether by their names or only by their descriptions.</summary>
        public IEnumerable<(Shortcut Shortcut, bool ByName)> Find(string typed, Audience audience) =>
            (typed.Trim().Length < Shortest ? [] : _engine.Suggest(typed, audience, _entries.Length))
                .Select(found => (_entries[int.Parse(found.Url.Split('#')[0], CultureInfo.InvariantCulture)].Shortcut, found.Section is null))
                .Where(found => audience == Audience.Public || !found.Shortcut.GuestsOnly);

        // The address is the place in the list: two actions may lead to one page. A description stands where articles have
        // headings, so that it counts for less than a title, and what was found by it says so.
        private static SearchDocument Document(Entry entry, int place, SearchLanguage language) => new()
        {
            Id = $"{place:000000}",
            Url = $"{place}",
            Title = entry.Shortcut.Title,
            // Every one of a dozen topics has a "de": what says little would bring them all.
            Keywords = [.. entry.Words.Concat(language.OtherWords(entry.Shortcut.Title)).Select(language.WithoutStopWords)],
            Sections = [new SearchSection(DescriptionMark, language.WithoutStopWords(entry.Description), "")],
            Audience = entry.Audience,
        };
    }
}

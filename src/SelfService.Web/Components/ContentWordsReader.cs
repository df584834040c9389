using System.Globalization;
using System.Resources;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Requests;

namespace SelfService.Web.Components;

/// <summary>Words about content: what is wrong with a file, and the few that become part of rendered articles.</summary>
public static class ContentWordsReader
{
    private static readonly ResourceManager Words = new("SelfService.Web.Resources.ContentWords", typeof(ContentWordsReader).Assembly);

    /// <summary>A problem in words, without file and line.</summary>
    public static string Describe(ContentProblem problem, CultureInfo language) =>
        string.Format(language, Get("Problem." + problem.Kind, language), problem.Detail);

    /// <summary>A text by its key.</summary>
    public static string Get(string key, CultureInfo language) =>
        Words.GetString(key, language) ?? throw new MissingManifestResourceException(key);

    /// <summary>Words of answers in the language of the content.</summary>
    public static AnswerWords AnswerWords(CultureInfo language) => new(Get("Answer.Accepted", language));

    /// <summary>Words of rendered articles in the language of the content.</summary>
    public static RenderWords RenderWords(CultureInfo language) => new()
    {
        Note = Get("Render.Note", language),
        Tip = Get("Render.Tip", language),
        Important = Get("Render.Important", language),
        Warning = Get("Render.Warning", language),
        Caution = Get("Render.Caution", language),
        ExternalLink = Get("Render.ExternalLink", language),
        HeadingLink = Get("Render.HeadingLink", language),
        Table = Get("Render.Table", language),
        BackToText = Get("Render.BackToText", language),
        UnknownFigure = Get("Render.UnknownFigure", language),
        DaySpan = Get("Render.DaySpan", language),
        HourSpan = Get("Render.HourSpan", language),
        LastOfSeveral = Get("Render.LastOfSeveral", language),
    };
}

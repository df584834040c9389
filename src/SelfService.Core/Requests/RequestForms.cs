using System.Globalization;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Requests;

/// <summary>The forms of the company, in the order they are offered.</summary>
public sealed class RequestForms(IReadOnlyList<RequestForm> forms)
{
    /// <summary>Folder below the content folder.</summary>
    public const string FolderName = "forms";

    /// <summary>Forms of one company at most.</summary>
    public const int MaxCount = 64;

    private const string Ending = ".yaml";

    /// <summary>No form.</summary>
    public static readonly RequestForms None = new([]);

    private readonly Dictionary<string, RequestForm> bySlug = forms.ToDictionary(f => f.Slug);

    public IReadOnlyList<RequestForm> All { get; } = forms;

    /// <summary>The form of that address, or null.</summary>
    public RequestForm? Find(string? slug) => slug is null ? null : bySlug.GetValueOrDefault(slug);

    /// <summary>Reads every form of a content folder. A broken one is reported and left out; the others are in use.</summary>
    /// <param name="problems">Receives what is wrong, with paths below the content folder.</param>
    public static RequestForms Read(string contentDirectory, ServiceDesk desk, ICollection<ContentProblem> problems)
    {
        var path = Path.Combine(contentDirectory, FolderName);
        if (!Directory.Exists(path))
        {
            return None;
        }

        var found = new List<ContentProblem>();
        var folder = new ContentFolder(path);
        var files = folder.Files([Ending], found);
        var forms = files.Take(MaxCount).Select(file => Read(folder, file, desk, found)).OfType<RequestForm>().ToList();
        found.AddRange(files.Skip(MaxCount).Select(file =>
            ContentProblem.Error(ProblemKind.FormsTooMany, 0, MaxCount.ToString(CultureInfo.InvariantCulture)) with { File = file }));
        foreach (var problem in found)
        {
            problems.Add(problem with { File = $"{FolderName}/{problem.File}" });
        }

        return new RequestForms([.. forms.OrderBy(f => f.Position).ThenBy(f => f.Slug, StringComparer.Ordinal)]);
    }

    private static RequestForm? Read(ContentFolder folder, string file, ServiceDesk desk, List<ContentProblem> problems)
    {
        var found = new List<ContentProblem>();
        RequestForm? form = null;
        try
        {
            var bytes = folder.Read(file, RequestFormFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
            form = RequestFormFile.Read(file[..^Ending.Length], bytes, desk, found);
        }
        catch (ContentException exception)
        {
            found.Add(exception.Problem);
        }

        problems.AddRange(found.Select(problem => problem with { File = file }));
        return form;
    }
}

using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Content;

/// <summary>Reads <c>content/services</c>. A broken service is reported and left out; the others are offered.</summary>
public static class AgendaFolder
{
    /// <summary>Folder below the content folder.</summary>
    public const string FolderName = "services";

    /// <summary>Services of one company at most.</summary>
    public const int MaxServices = 200;

    private const string Ending = ".yaml";

    /// <summary>The agenda of a content folder; an empty one where there is none or its places cannot be read.</summary>
    /// <param name="problems">Receives what is wrong, with paths below the content folder.</param>
    public static Agenda Read(string contentDirectory, CompanyProfile company, ServiceDesk desk, ICollection<ContentProblem> problems)
    {
        var path = Path.Combine(contentDirectory, FolderName);
        if (!Directory.Exists(path))
        {
            return Agenda.None;
        }

        var found = new List<ContentProblem>();
        var folder = new ContentFolder(path);
        var files = folder.Files([Ending], found).Where(file => file != AgendaFile.FileName).ToList();
        var agenda = Agenda.None;
        var file = AgendaFile.FileName;
        try
        {
            var (places, resources) = AgendaFile.Read(Bytes(folder, file), company);
            var services = files.Take(MaxServices).Select(name => Service(folder, name, places, resources, desk, found)).OfType<Service>();
            agenda = new Agenda(places, resources, [.. services.OrderBy(s => s.Position).ThenBy(s => s.Slug, StringComparer.Ordinal)]);
        }
        catch (ContentException exception)
        {
            found.Add(exception.Problem with { File = file });
        }

        foreach (var problem in found)
        {
            problems.Add(problem with { File = $"{FolderName}/{problem.File}" });
        }

        return agenda;
    }

    private static Service? Service(ContentFolder folder, string file, IReadOnlyList<Place> places, IReadOnlyList<Resource> resources, ServiceDesk desk, List<ContentProblem> problems)
    {
        var found = new List<ContentProblem>();
        Service? service = null;
        try
        {
            service = ServiceFile.Read(file[..^Ending.Length], Bytes(folder, file), places, resources, desk, found);
        }
        catch (ContentException exception)
        {
            found.Add(exception.Problem);
        }

        problems.AddRange(found.Select(problem => problem with { File = file }));
        return service;
    }

    private static byte[] Bytes(ContentFolder folder, string file) =>
        folder.Read(file, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
}

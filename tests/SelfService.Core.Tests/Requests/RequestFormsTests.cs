using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Requests;

public sealed class RequestFormsTests : FormTest, IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<ContentProblem> problems = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_broken_form_is_reported_and_the_others_are_in_use()
    {
        Write("segundo", "position: 2").Write("forms/roto.yaml", "title: Roto\nfields:\n  - { name: a, type: nada, label: A }\n");
        Write("primero", "position: 1");

        var forms = Read();

        Assert.Equal(["primero", "segundo"], forms.All.Select(f => f.Slug));
        Assert.Equal("primero", forms.Find("primero")?.Slug);
        Assert.Null(forms.Find("roto"));
        Assert.Null(forms.Find(null));
        Assert.Equal(("forms/roto.yaml", 3, ProblemKind.FormFieldType), (Assert.Single(problems).File, problems[0].Line, problems[0].Kind));
    }

    [Fact]
    public void A_company_without_forms_has_none()
    {
        Assert.Empty(Read().All);
        Assert.Empty(problems);
    }

    [Fact]
    public void Sixty_four_forms_are_read_and_what_is_more_is_reported()
    {
        for (var number = 1; number <= 66; number++)
        {
            Write($"forma-{number:00}");
        }

        Assert.Equal(64, Read().All.Count);
        Assert.Equal(["forms/forma-65.yaml", "forms/forma-66.yaml"], problems.Where(p => p.Kind == ProblemKind.FormsTooMany).Select(p => p.File));
    }

    [Fact]
    public void Names_that_are_no_address_and_links_to_elsewhere_are_left_out()
    {
        using var elsewhere = new TestFolder();
        elsewhere.Write("ajena.yaml", "title: Ajena\nfields:\n  - { name: a, type: text, label: A }\n");
        Write("Con Mayúsculas");
        Write("dentro/otra");
        File.CreateSymbolicLink(folder.PathOf("forms/enlace.yaml"), elsewhere.PathOf("ajena.yaml"));

        Assert.Empty(Read().All);
        Assert.Equal([ProblemKind.OutsideFolder, ProblemKind.FormName, ProblemKind.FormName], problems.Select(p => p.Kind).Order());
    }

    [Fact]
    public void The_forms_of_the_demonstration_are_good()
    {
        var content = Path.Combine(Repository.Root, "content");
        var desk = ServiceDeskFile.Read(File.ReadAllBytes(Path.Combine(content, ServiceDeskFile.FileName)));

        var forms = RequestForms.Read(content, desk, problems);

        Assert.Empty(problems);
        Assert.True(forms.All.Count >= 8);
        Assert.All(forms.All, form => Assert.All(form.Articles, slug => Assert.NotEmpty(Directory.GetFiles(Path.Combine(content, "articles"), slug + ".md", SearchOption.AllDirectories))));
    }

    [Fact]
    public void The_form_and_the_queues_of_the_readme_are_good()
    {
        var blocks = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0]).ToList();
        folder.Write("forms/leame.yaml", blocks.Single(b => b.StartsWith("title:", StringComparison.Ordinal) && b.Contains("\nfields:", StringComparison.Ordinal) && !b.Contains("\nduration:", StringComparison.Ordinal)).Replace("sla: urgente", "sla: prioritaria"));
        var desk = ServiceDeskFile.Read(System.Text.Encoding.UTF8.GetBytes(blocks.Single(b => b.StartsWith("queues:", StringComparison.Ordinal))));

        var form = Assert.Single(RequestForms.Read(folder.Root, desk, problems).All);

        Assert.Empty(problems);
        Assert.Equal(("redes", "prioritaria", 2), (form.Queue, form.Sla, form.Fields.Count));
    }

    private TestFolder Write(string slug, string head = "") =>
        folder.Write($"forms/{slug}.yaml", $"title: Forma {slug}\n{head}\nfields:\n  - {{ name: a, type: text, label: A }}\n");

    private RequestForms Read() => RequestForms.Read(folder.Root, Desk, problems);
}

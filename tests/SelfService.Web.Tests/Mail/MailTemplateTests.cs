using System.Text;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Mail;
using SelfService.Core.Tests;
using SelfService.Web.Mail;

namespace SelfService.Web.Tests.Mail;

public sealed class MailTemplateTests : IDisposable
{
    private static readonly BrandColour Brand = new(185, 0.09);

    private static readonly Dictionary<string, string> Values = new()
    {
        ["company"] = "Brisal",
        ["greeting"] = "Buen día:",
        ["link"] = "https://ayuda.example/casos/C-7F3K-2Q9X?clave=a&b",
        ["number"] = "C-7F3K-2Q9X",
        ["about"] = "<b>módem</b> & *más* [x](javascript:alert(1))",
        ["queue"] = "Servicio Técnico",
        ["next"] = "",
        ["answer"] = "uno\ndos <i>\n\n(vea https://a.example/x?y=1&z=\"2\".)",
        ["until"] = "",
    };

    private readonly TestFolder content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public void Body_Value_IsTextAndNeverMarkup()
    {
        var body = Body("Sobre {about}.");

        Assert.Equal("Sobre <b>módem</b> & *más* [x](javascript:alert(1)).", body.Text);
        Assert.Contains("Sobre &lt;b&gt;módem&lt;/b&gt; &amp; *más* [x](javascript:alert(1)).</p>", body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_ParagraphThatNamesWhatThisMailHasNot_IsLeftOut()
    {
        var body = Body("Antes.\n\nHasta el {until}, siga.\n\n> {next}\n\n- {until}\n- queda\n\n[Más {until}]({link})\n\nDespués.");

        Assert.Equal("Antes.\n\n- queda\n\nDespués.", body.Text);
        Assert.DoesNotContain("siga", body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("blockquote", body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("button", body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_LinkAlone_IsAButtonWithItsAddressBelow()
    {
        var body = Body("[Ver mi caso]({link})");

        Assert.Equal("Ver mi caso:\nhttps://ayuda.example/casos/C-7F3K-2Q9X?clave=a&b", body.Text);
        Assert.Contains("class=\"button\"", body.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://ayuda.example/casos/C-7F3K-2Q9X?clave=a&amp;b\"", body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_Words_KeepTheirMeaningInBothParts()
    {
        var body = Body("# Hola\n\nUno **dos** *tres* `cuatro`\\\ncinco\nseis &amp; [siete](https://a.example/b).\n\n1. a\n2. b\n\n![foto](https://a.example/f.png)");

        Assert.Equal("Hola\n\nUno dos tres cuatro\ncinco seis & siete (https://a.example/b).\n\n1. a\n2. b\n\nfoto", body.Text);
        Assert.Contains("<strong>dos</strong> <em>tres</em> cuatro<br>cinco seis &amp; <a", body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_Quote_EscapesFirstAndLinksAfter()
    {
        var body = Body("> {answer}", MailKind.CaseAnswered);

        Assert.Equal("> uno\n> dos <i>\n>\n> (vea https://a.example/x?y=1&z=\"2\".)", body.Text);
        Assert.Contains("uno<br>dos &lt;i&gt;<br><br>(vea <a", body.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://a.example/x?y=1&amp;z=\">https://a.example/x?y=1&amp;z=</a>&quot;2&quot;.)", body.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("uno [x](data:text/html,hola)")]
    public void Body_MarkupInATemplate_DoesNothing(string markdown)
    {
        var body = Body(markdown);

        Assert.DoesNotContain("<script", body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", body.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href", body.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\nsubject: Hola\n---\n{nombre}", ProblemKind.MailPlaceholder)]
    [InlineData("---\nsubject: Hola {answer}\n---\n{link}", ProblemKind.MailPlaceholder)]
    [InlineData("---\nsubject: Hola\n---\n[x]({about})", ProblemKind.MailPlaceholder)]
    [InlineData("---\nsubject: Hola\n---\n[x](https://a.example/{number})", ProblemKind.MailPlaceholder)]
    [InlineData("---\ntitle: Hola\n---\n{link}", ProblemKind.MailSubject)]
    [InlineData("---\nsubject: \"\"\n---\n{link}", ProblemKind.MailSubject)]
    [InlineData("---\nsubject: Hola\n---\n", ProblemKind.EmptyBody)]
    [InlineData("---\nsubject: Hola\n{link}", ProblemKind.FrontMatterNotClosed)]
    public void Read_FileThatCannotBeUsed_IsReportedAndThePortalsOwnWordsStay(string text, ProblemKind kind)
    {
        content.Write("mail/case-opened.es.md", text);
        var problems = new List<ContentProblem>();

        var templates = MailTemplates.Read(content.Root, problems);

        var problem = Assert.Single(problems);
        Assert.Equal((kind, ProblemSeverity.Error, "mail/case-opened.es.md"), (problem.Kind, problem.Severity, problem.File));
        Assert.Equal("Recibimos su caso {number}: {about}", templates.Of(MailKind.CaseOpened, "es").Subject);
    }

    [Fact]
    public void Read_CompanysOwnWords_ReplaceTheOthersOfThatLanguageOnly()
    {
        content.Write("mail/case-opened.es.md", "---\nsubject: ¡Listo, {number}!\n---\n{greeting}\n");
        var problems = new List<ContentProblem>();

        var templates = MailTemplates.Read(content.Root, problems);

        Assert.Empty(problems);
        Assert.Equal("¡Listo, {number}!", templates.Of(MailKind.CaseOpened, "es").Subject);
        Assert.StartsWith("We received", templates.Of(MailKind.CaseOpened, "en").Subject, StringComparison.Ordinal);
        Assert.Equal(templates.Of(MailKind.CaseOpened, "es"), templates.Of(MailKind.CaseOpened, "pt"));
    }

    [Theory]
    [InlineData("caso-abierto.es.md")]
    [InlineData("case-opened.md")]
    [InlineData("case-opened.fr.md")]
    [InlineData("viejo/case-opened.es.md")]
    public void Read_NameOfNoMail_IsReported(string name)
    {
        content.Write($"mail/{name}", "---\nsubject: Hola\n---\n{link}");
        var problems = new List<ContentProblem>();

        MailTemplates.Read(content.Root, problems);

        Assert.Equal((ProblemKind.MailUnknown, ProblemSeverity.Warning), (Assert.Single(problems).Kind, problems[0].Severity));
    }

    [Fact]
    public void Read_Bytes_ThatAreNoText_AreReported()
    {
        content.Write("mail/case-opened.es.md", [0x2D, 0xF1, 0x00]);
        var problems = new List<ContentProblem>();

        MailTemplates.Read(content.Root, problems);

        Assert.Equal(ProblemKind.NotUtf8, Assert.Single(problems).Kind);
    }

    [Theory]
    [InlineData(0, 0, 0.5, "#636363")]
    [InlineData(29.234, 0.25768, 0.62796, "#ff0000")]
    public void Look_Brand_IsTheColourThatBrowsersMakeOfIt(double hue, double chroma, double lightness, string hex)
    {
        Assert.Equal(hex, MailLook.Hex(new BrandColour(hue, chroma), lightness));
    }

    [Fact]
    public void Look_Button_CanBeReadInEveryBrand()
    {
        for (var hue = 0; hue < 360; hue += 5)
        {
            foreach (var chroma in new[] { 0, 0.09, 0.2 })
            {
                var style = MailLook.Button(new BrandColour(hue, chroma));

                Assert.True(Contrast(style[(style.IndexOf("background:#", StringComparison.Ordinal) + 12)..][..6]) >= 4.5, $"{hue} {chroma}");
            }
        }
    }

    // Against white; WCAG 2.2, 1.4.3.
    private static double Contrast(string hex)
    {
        var light = Enumerable.Range(0, 3).Select(i => Convert.ToInt32(hex.Substring(2 * i, 2), 16) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return 1.05 / ((0.2126 * light[0]) + (0.7152 * light[1]) + (0.0722 * light[2]) + 0.05);
    }

    private static MailBody Body(string markdown, MailKind kind = MailKind.CaseSolved) =>
        MailBody.Of(MailTemplate.Read(Encoding.UTF8.GetBytes($"---\nsubject: Hola\n---\n{markdown}\n"), kind), Values, Brand);
}

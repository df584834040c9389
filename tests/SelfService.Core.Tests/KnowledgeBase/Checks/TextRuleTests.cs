using SelfService.Core.KnowledgeBase.Checks;

namespace SelfService.Core.Tests.KnowledgeBase.Checks;

/// <summary>The rules of Spanish behind the checks, held to their case files.</summary>
public sealed class TextRuleTests
{
    private const string Folder = "KnowledgeBase/Checks/Cases/";

    public static IEnumerable<object[]> Syllabled => CaseFile.Rows(Folder + "syllables.txt", 1);

    public static IEnumerable<object[]> Parted => CaseFile.Rows(Folder + "sentences.txt", 1);

    public static IEnumerable<object[]> Addressed => CaseFile.Rows(Folder + "address.txt", 2);

    public static IEnumerable<object[]> Passive => CaseFile.Rows(Folder + "passives.txt", 2);

    public static IEnumerable<object[]> WithFigures => CaseFile.Rows(Folder + "figures.txt", 3);

    [Theory]
    [MemberData(nameof(Syllabled))]
    public void A_word_has_the_syllables_of_its_spelling(string parted) =>
        Assert.Equal(parted.Split('·').Length, Syllables.Count(parted.Replace("·", "", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Parted))]
    public void A_sentence_ends_where_its_reader_stops(string parted)
    {
        var text = parted.Replace("‖", "", StringComparison.Ordinal);

        Assert.Equal(parted.Split('‖').Select(sentence => sentence.Trim()), Sentences.Of(text).Select(range => text[range]));
    }

    [Theory]
    [MemberData(nameof(Addressed))]
    public void A_text_addresses_whom_its_file_says(string markdown, string forms)
    {
        var (found, tu, vos) = AddressMix.Of(SomeArticle.Passages(markdown));

        var names = new[] { (AddressForms.Tu, "tú"), (AddressForms.Vos, "vos"), (AddressForms.Usted, "usted") }.Where(form => found.HasFlag(form.Item1)).Select(form => form.Item2).ToList();
        Assert.Equal(forms, names.Count == 0 ? "-" : string.Join(' ', names));
        Assert.Equal((found.HasFlag(AddressForms.Tu), found.HasFlag(AddressForms.Vos)), (tu is not null, vos is not null));
    }

    [Theory]
    [MemberData(nameof(Passive))]
    public void Passives_are_told_only_in_a_chain(string text, string count)
    {
        var chain = SomeArticle.Check(text).SingleOrDefault(finding => finding.Kind == FindingKind.PassiveChain);

        Assert.Equal(count, chain?.Detail ?? "-");
    }

    [Theory]
    [MemberData(nameof(WithFigures))]
    public void Figures_are_found_as_they_are_written(string text, string what, string figures)
    {
        var kind = what switch
        {
            "price" => FindingKind.HandwrittenPrice,
            "hours" => FindingKind.HandwrittenHours,
            "phone" => FindingKind.HandwrittenPhone,
            _ => FindingKind.EmptyBody,
        };

        Assert.Equal(
            figures.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(figure => (kind, figure)),
            SomeArticle.Check(text).Where(finding => finding.Kind.ToString().StartsWith("Handwritten", StringComparison.Ordinal)).Select(finding => (finding.Kind, finding.Detail)));
    }

    [Fact]
    public void The_case_files_are_as_full_as_was_asked()
    {
        Assert.True(Syllabled.Count() >= 60);
        Assert.True(Parted.Count() >= 25);
        Assert.True(Addressed.Count() >= 50);
        Assert.True(Addressed.Count(row => (string)row[1] == "-") >= 20);
        Assert.True(Passive.Count() >= 20);
        Assert.True(WithFigures.Count() >= 20);
    }

    [Fact]
    public void A_text_is_as_easy_as_the_formula_says()
    {
        var readability = ArticleChecks.ReadabilityOf("El sol sale. La casa azul brilla.");

        Assert.Equal((7, 2, 11), (readability.Words, readability.Sentences, readability.Syllables));
        Assert.Equal(206.835 - (62.3 * 11 / 7) - 3.5, readability.Score, 6);
        Assert.Equal(3.5, readability.WordsPerSentence);
        Assert.Equal(ReadabilityLevel.VeryEasy, readability.Level);
    }

    [Fact]
    public void Numbers_and_addresses_are_not_read_aloud() =>
        Assert.Equal(3, ArticleChecks.ReadabilityOf("Entre en https://brisal.example o 192.168.10.1, SKU-123.").Words);

    [Theory]
    [InlineData(39.9, ReadabilityLevel.VeryHard)]
    [InlineData(40, ReadabilityLevel.SomewhatHard)]
    [InlineData(55, ReadabilityLevel.Normal)]
    [InlineData(65, ReadabilityLevel.FairlyEasy)]
    [InlineData(80, ReadabilityLevel.VeryEasy)]
    public void The_scale_has_five_bands(double score, ReadabilityLevel level) => Assert.Equal(level, new Readability(score, 1, 1, 1, 1).Level);

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("12 34")]
    [InlineData("😀")]
    public void A_text_without_words_has_no_score(string text) => Assert.Equal(new Readability(0, 0, 0, 0, 0), ArticleChecks.ReadabilityOf(text));
}

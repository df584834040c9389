using SelfService.Core.KnowledgeBase.Differences;

namespace SelfService.Core.Tests.KnowledgeBase.Differences;

public sealed class TextDifferenceTests
{
    public static TheoryData<string, string> Hostile() => SomeTexts.Hostile();

    [Fact]
    public void Parts_that_stay_or_go_are_the_old_text_and_parts_that_stay_or_come_are_the_new_one()
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var old = SomeTexts.Any(random, 40);
            var @new = seed % 2 == 0 ? SomeTexts.Any(random, 40) : SomeTexts.Edited(random, old, 5);

            AssertIsDifference(old, @new);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_texts_are_compared_too(string old, string @new)
    {
        AssertIsDifference(old, @new);
        AssertIsDifference(@new, old);
        AssertIsDifference(old, old);
    }

    [Fact]
    public void Equal_texts_are_the_same_in_every_line()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var text = SomeTexts.Any(new Random(seed), 60);
            var difference = TextDifference.Between(text, text);

            Assert.True(difference.IsSame);
            Assert.All(difference.Lines, line => Assert.Equal(LineKind.Same, line.Kind));
            Assert.Empty(difference.Hunks());
            Assert.Equal((0, 0), (difference.WordsAdded, difference.WordsRemoved));
        }
    }

    [Theory]
    [InlineData("Cuesta 1.250,50 pesos.", "Cuesta 1.300,00 pesos.", "Cuesta [-1.250,50-][+1.300,00+] pesos.")]
    [InlineData("El camión sale hoy, temprano", "El camión sale mañana, temprano", "El camión sale [-hoy-][+mañana+], temprano")]
    [InlineData("La factura del mes llega en papel", "La factura electrónica llega en papel", "La factura [-del mes-][+electrónica+] llega en papel")]
    [InlineData("Tome el coche rojo vivo de la calle", "Tome el coche azul claro de la calle", "Tome el coche [-rojo vivo-][+azul claro+] de la calle")]
    [InlineData("Espere tres días hábiles", "Espere tres días hábiles más", "Espere tres días hábiles[+ más+]")]
    [InlineData("Familia 👩‍👧 completa", "Familia 👩‍👦 completa", "Familia [-👩‍👧-][+👩‍👦+] completa")]
    [InlineData("Atención escrita con un acento", "Atencio\u0301n escrita con un acento", "[-Atención-][+Atencio\u0301n+] escrita con un acento")]
    [InlineData("Última línea sin fin", "Última línea sin fin\n", "Última línea sin fin[+\n+]")]
    [InlineData("Texto <script>alert(1)</script>", "Texto <script>alert(2)</script>", "Texto <script>alert([-1-][+2+])</script>")]
    public void Words_inside_a_changed_line_are_told_apart(string old, string @new, string expected)
    {
        var line = Assert.Single(TextDifference.Between(old, @new).Lines);

        Assert.Equal(LineKind.Changed, line.Kind);
        Assert.Equal(expected, Shown(line));
    }

    [Fact]
    public void Lines_have_the_numbers_of_their_texts()
    {
        var lines = TextDifference.Between("uno\ndos tres cuatro\ncinco\nseis\n", "cero\nuno\ndos tres cinco\ncinco\n").Lines;

        Assert.Equal(
            [(LineKind.Added, null, 1), (LineKind.Same, 1, 2), (LineKind.Changed, 2, 3), (LineKind.Same, 3, 4), (LineKind.Removed, 4, null)],
            lines.Select(l => (l.Kind, l.OldNumber, l.NewNumber)));
    }

    [Fact]
    public void Lines_that_have_little_in_common_are_removed_and_added()
    {
        var lines = TextDifference.Between("Llame al banco\n", "Espere la respuesta de soporte\n").Lines;

        Assert.Equal([LineKind.Removed, LineKind.Added], lines.Select(l => l.Kind));
    }

    [Fact]
    public void Paragraphs_find_each_other_across_empty_lines_when_another_is_put_before_them()
    {
        var lines = TextDifference.Between(
            "Pague hoy en la caja.\n\nLlame mañana a soporte.\n", "Una cosa distinta.\n\nPague ya en la caja.\n\nLlame mañana al banco y a soporte.\n").Lines;

        Assert.Equal([LineKind.Added, LineKind.Added, LineKind.Changed, LineKind.Same, LineKind.Changed], lines.Select(l => l.Kind));
    }

    [Fact]
    public void Words_are_counted_and_blanks_and_signs_are_not()
    {
        var difference = TextDifference.Between("Pague hoy, en la caja.\nAdiós a todos\n", "Pague mañana mismo - en la caja!\n");

        Assert.Equal((2, 4), (difference.WordsAdded, difference.WordsRemoved));
    }

    [Fact]
    public void Long_unchanged_stretches_are_left_out_and_counted()
    {
        var old = string.Concat(Enumerable.Range(1, 100).Select(i => $"línea {i}\n"));
        var hunks = TextDifference.Between(old, old.Replace("línea 20\n", "renglón veinte\n", StringComparison.Ordinal).Replace("línea 26\n", "", StringComparison.Ordinal)
            .Replace("línea 60\n", "línea 60 nueva\n", StringComparison.Ordinal)).Hunks();

        Assert.Equal([(16, 14, 0), (27, 7, 37)], hunks.Select(h => (h.LeftOutBefore, h.Lines.Count, h.LeftOutAfter)));
    }

    [Fact]
    public void Hunks_and_what_they_leave_out_are_all_lines()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var old = string.Concat(Enumerable.Range(0, 60).Select(i => $"línea {i % 9}\n"));
            var difference = TextDifference.Between(old, SomeTexts.Edited(random, old, 4));
            var hunks = difference.Hunks();

            Assert.Equal(difference.Lines.Where(l => l.Kind != LineKind.Same), hunks.SelectMany(h => h.Lines).Where(l => l.Kind != LineKind.Same));
            Assert.Equal(hunks.Count == 0 ? 0 : difference.Lines.Count, hunks.Sum(h => h.LeftOutBefore + h.Lines.Count + h.LeftOutAfter));
            Assert.DoesNotContain(hunks.Skip(1), h => h.LeftOutBefore < 2);
        }
    }

    private static void AssertIsDifference(string old, string @new)
    {
        var lines = TextDifference.Between(old, @new).Lines;

        Assert.Equal(old, string.Concat(lines.SelectMany(l => l.Old).Select(p => p.Text)));
        Assert.Equal(@new, string.Concat(lines.SelectMany(l => l.New).Select(p => p.Text)));
        Assert.DoesNotContain(lines, l => l.Old.Any(p => p.Kind == PartKind.Added) || l.New.Any(p => p.Kind == PartKind.Removed));
        foreach (var line in lines)
        {
            Assert.Equal(line.Kind == LineKind.Added, line.OldNumber is null);
            Assert.Equal(line.Kind == LineKind.Removed, line.NewNumber is null);
            Assert.Equal(line.Old.Where(p => p.Kind == PartKind.Same), line.New.Where(p => p.Kind == PartKind.Same));
        }

        Assert.Equal(Enumerable.Range(1, lines.Count(l => l.OldNumber is not null)), lines.Where(l => l.OldNumber is not null).Select(l => l.OldNumber!.Value));
        Assert.Equal(Enumerable.Range(1, lines.Count(l => l.NewNumber is not null)), lines.Where(l => l.NewNumber is not null).Select(l => l.NewNumber!.Value));
    }

    private static string Shown(DifferenceLine line)
    {
        var shown = "";
        var (i, j) = (0, 0);
        while (i < line.Old.Count || j < line.New.Count)
        {
            if (i < line.Old.Count && line.Old[i].Kind == PartKind.Removed)
            {
                shown += $"[-{line.Old[i++].Text}-]";
            }
            else if (j < line.New.Count && line.New[j].Kind == PartKind.Added)
            {
                shown += $"[+{line.New[j++].Text}+]";
            }
            else
            {
                shown += line.New[j++].Text;
                i++;
            }
        }

        return shown;
    }
}

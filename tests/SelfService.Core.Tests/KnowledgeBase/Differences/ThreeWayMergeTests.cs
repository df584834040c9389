using SelfService.Core.KnowledgeBase.Differences;

namespace SelfService.Core.Tests.KnowledgeBase.Differences;

public sealed class ThreeWayMergeTests
{
    public static TheoryData<string, string> Hostile() => SomeTexts.Hostile();

    [Fact]
    public void What_one_side_changed_is_taken()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var text = SomeTexts.Any(random, 40);

            AssertTakesTheOnlyChange(text, SomeTexts.Edited(random, text, 5));
            AssertTakesTheOnlyChange(text, SomeTexts.Any(random, 40));
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_texts_are_merged_too(string a, string b)
    {
        AssertTakesTheOnlyChange(a, b);
        AssertTakesTheOnlyChange(b, a);
        _ = ThreeWayMerge.Of("", a, b);
        _ = ThreeWayMerge.Of(a + b, a, b);
    }

    [Fact]
    public void Swapping_the_sides_swaps_the_sides_of_conflicts_and_nothing_else()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var (text, mine, theirs) = Some(seed);

            var one = ThreeWayMerge.Of(text, mine, theirs).Regions;
            var other = ThreeWayMerge.Of(text, theirs, mine).Regions;

            Assert.Equal(one, other.Select(r => r is MergeRegion.Conflict c ? new MergeRegion.Conflict(c.BaseText, c.Theirs, c.Mine) : r));
        }
    }

    [Fact]
    public void No_word_that_either_side_added_is_lost()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var (text, mine, theirs) = Some(seed);
            mine = Marked(mine, text, "M");
            theirs = Marked(theirs, text, "T");

            var all = string.Concat(ThreeWayMerge.Of(text, mine, theirs).Regions.Select(
                r => r switch { MergeRegion.Merged merged => merged.Text, MergeRegion.Conflict conflict => conflict.Mine + conflict.Theirs, _ => "" }));

            Assert.All("MT", side => Assert.All(Enumerable.Range(0, 4), i => Assert.Contains($"{side}{i}x", all, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_conflict_has_all_three_texts_and_the_sides_are_whole()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var (text, mine, theirs) = Some(seed);
            var merge = ThreeWayMerge.Of(text, mine, theirs);

            Assert.Equal(merge.HasConflicts, merge.Text is null);
            Assert.All(merge.Regions.OfType<MergeRegion.Conflict>(), c =>
            {
                Assert.Contains(c.BaseText, text, StringComparison.Ordinal);
                Assert.Contains(c.Mine, mine, StringComparison.Ordinal);
                Assert.Contains(c.Theirs, theirs, StringComparison.Ordinal);
                Assert.NotEqual(c.Mine, c.Theirs);
            });
        }
    }

    [Fact]
    public void Changes_of_different_paragraphs_are_both_taken()
    {
        var merge = ThreeWayMerge.Of("uno\n\ndos\n\ntres\n", "UNO\n\ndos\n\ntres\n", "uno\n\ndos\n\ntres\n\ncuatro\n");

        Assert.Equal("UNO\n\ndos\n\ntres\n\ncuatro\n", merge.Text);
    }

    [Fact]
    public void Different_words_of_one_line_are_both_taken()
    {
        var merge = ThreeWayMerge.Of(
            "Espere tres días hábiles antes de llamar a soporte.\n", "Espere cinco días hábiles antes de llamar a soporte.\n", "Espere tres días hábiles antes de escribir a soporte.\n");

        Assert.Equal("Espere cinco días hábiles antes de escribir a soporte.\n", merge.Text);
    }

    [Theory]
    [InlineData("Cuesta 5 euros al mes.\n", "Cuesta 6 euros al mes.\n", "Cuesta 5 dólares al mes.\n")]
    [InlineData("Cuesta 5 euros al mes.\n", "Cuesta 6 euros al mes.\n", "Cuesta 7 euros al mes.\n")]
    [InlineData("Cuesta 5 euros al mes.\n", "", "Cuesta 7 euros al mes.\n")]
    [InlineData("", "Mío\n", "Suyo\n")]
    public void The_same_words_neighbouring_words_and_a_line_that_is_gone_are_a_conflict(string text, string mine, string theirs)
    {
        var merge = ThreeWayMerge.Of("Precio\n\n" + text, "Precio\n\n" + mine, "Precio\n\n" + theirs);

        Assert.True(merge.HasConflicts);
        Assert.Null(merge.Text);
        Assert.Equal([new MergeRegion.Merged("Precio\n\n"), new MergeRegion.Conflict(text, mine, theirs)], merge.Regions);
    }

    [Fact]
    public void The_same_change_of_both_is_taken_once() =>
        Assert.Equal("a\nB\nc\n", ThreeWayMerge.Of("a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n").Text);

    private static (string Text, string Mine, string Theirs) Some(int seed)
    {
        var random = new Random(seed);
        var text = SomeTexts.Any(random, 40);
        return (text, SomeTexts.Edited(random, text, 3), SomeTexts.Edited(random, text, 3));
    }

    // Words that are nowhere else, put in at places that differ by side.
    private static string Marked(string edited, string text, string side)
    {
        // From the end, so that none is put into another.
        var places = Enumerable.Range(0, 4).Select(i => text.Length * (i + side[0]) % (edited.Length + 1)).OrderDescending().ToList();
        for (var i = 0; i < 4; i++)
        {
            edited = edited.Insert(places[i], $" {side}{i}x ");
        }

        return edited;
    }

    private static void AssertTakesTheOnlyChange(string text, string changed)
    {
        Assert.Equal(changed, ThreeWayMerge.Of(text, changed, text).Text);
        Assert.Equal(changed, ThreeWayMerge.Of(text, text, changed).Text);
        Assert.Equal(changed, ThreeWayMerge.Of(text, changed, changed).Text);
        Assert.Equal(text, ThreeWayMerge.Of(text, text, text).Text);
    }
}

using SelfService.Web.Components;

namespace SelfService.Web.Tests.Components;

public sealed class PagingTests
{
    // 0 stands for a gap.
    [Theory]
    [InlineData(1, 1, "1")]
    [InlineData(1, 3, "1 2 3")]
    [InlineData(1, 20, "1 2 0 20")]
    [InlineData(4, 20, "1 2 3 4 5 0 20")]
    [InlineData(5, 20, "1 0 4 5 6 0 20")]
    [InlineData(20, 20, "1 0 19 20")]
    public void Steps_OfferFirstLastAndNeighbours_AndNeverHideASinglePage(int number, int count, string expected) =>
        Assert.Equal(expected, string.Join(' ', new Paging(number, count, page => $"?pagina={page}").Steps));
}

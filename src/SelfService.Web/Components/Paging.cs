namespace SelfService.Web.Components;

/// <summary>What <c>_Pagination</c> needs of any list: where it is, how far it goes, and the address of each page.</summary>
/// <param name="Number">The page shown, from 1.</param>
/// <param name="Count">Number of pages.</param>
/// <param name="Address">Address of a page by its number.</param>
public sealed record Paging(int Number, int Count, Func<int, string> Address)
{
    // First, last and the neighbours of where one is; more would not fit beside each other on a phone.
    private const int Neighbours = 1;

    /// <summary>Pages to offer, in order; 0 stands for a gap.</summary>
    public IEnumerable<int> Steps
    {
        get
        {
            var last = 0;
            for (var page = 1; page <= Count; page++)
            {
                if (page != 1 && page != Count && Math.Abs(page - Number) > Neighbours)
                {
                    continue;
                }

                if (page > last + 1)
                {
                    // A gap of one page is that page.
                    yield return page == last + 2 ? page - 1 : 0;
                }

                yield return page;
                last = page;
            }
        }
    }
}

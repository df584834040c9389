using System.Globalization;
using SelfService.Web.Components;

namespace SelfService.Web.Tests.Components;

public sealed class FileSizeTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    [Theory]
    [InlineData("es-MX", 1, "1 KB")]
    [InlineData("es-MX", 655_360, "640 KB")]
    [InlineData("es-MX", 2_202_010, "2.1 MB")]
    [InlineData("es-AR", 2_202_010, "2,1 MB")]
    [InlineData("es-MX", 10_485_760, "10 MB")]
    public void A_size_is_said_as_people_read_it(string culture, long bytes, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        Assert.Equal(expected, FileSize.Spoken(bytes));
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}

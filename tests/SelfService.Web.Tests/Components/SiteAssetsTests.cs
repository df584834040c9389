using SelfService.Web.Components;

namespace SelfService.Web.Tests.Components;

public sealed class SiteAssetsTests
{
    private static readonly string Styles =
        Path.Combine(PortalHost.DemonstrationContent, "..", "src", "SelfService.Web", "wwwroot", "css");

    [Fact]
    public void Every_file_of_styles_is_in_the_stylesheet_once() =>
        Assert.Equal(
            Directory.GetFiles(Styles, "*.css").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            SiteAssets.Files.Order(StringComparer.Ordinal));
}

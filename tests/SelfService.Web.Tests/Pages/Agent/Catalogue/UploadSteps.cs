using System.Text;
using AngleSharp.Html.Dom;
using SelfService.Core.Catalog;

namespace SelfService.Web.Tests.Pages.Agent.Catalogue;

/// <summary>What people do with files of the catalogue.</summary>
internal static class UploadSteps
{
    public const string Admin = "julian@brisal.example";
    public const string Editor = "elena@brisal.example";
    public const string Here = "/agente/catalogo";

    /// <summary>Chooses a file and sends it.</summary>
    public static async Task<HttpResponseMessage> BringAsync(this HttpClient browser, CatalogUploadKind kind, byte[] bytes, string name = "archivo.csv")
    {
        var page = await browser.PageAsync(Here);
        using var content = new MultipartFormDataContent();
        foreach (var field in page.QuerySelectorAll("main form[enctype] input[type=hidden]").Where(f => f.GetAttribute("name") != "Kind"))
        {
            content.Add(new StringContent(field.GetAttribute("value")!), $"\"{field.GetAttribute("name")}\"");
        }

        content.Add(new StringContent(kind.ToString()), "\"Kind\"");
        content.Add(new ByteArrayContent(bytes), "\"Upload\"", $"\"{name}\"");
        return await browser.PostAsync(Here, content);
    }

    /// <summary>Brings a file that can be read, and gives the page that says what it would change.</summary>
    public static async Task<(string Address, IHtmlDocument Page)> ReviewAsync(this HttpClient browser, CatalogUploadKind kind, string text)
    {
        using var answer = await browser.BringAsync(kind, Encoding.UTF8.GetBytes(text));
        Assert.Equal(200, (int)answer.StatusCode);
        return (answer.RequestMessage!.RequestUri!.AbsolutePath, await answer.PageAsync());
    }

    /// <summary>The form of a page that applies what it shows.</summary>
    public static List<(string Name, string Value)> ApplyForm(this IHtmlDocument page, string note = "Inventario anual") =>
        [.. page.QuerySelectorAll(".desk-catalog-apply input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)), ("Note", note)];
}

using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SelfService.Core.Company;

namespace SelfService.Web.Components;

/// <summary>
/// The one stylesheet of the site: the files of <c>wwwroot/css</c> in a fixed order plus the company's colour, made
/// once at start, compressed once, and served under its own hash so that a browser asks for it only once.
/// </summary>
public sealed class SiteAssets
{
    private const string LayerOrder = "@layer reset, tokens, base, layout, components, utilities;";

    /// <summary>
    /// Names of the files, without extension. The order inside a layer decides between rules of the same weight, so it is
    /// written down and not left to the disk.
    /// </summary>
    public static readonly IReadOnlyList<string> Files =
    [
        "reset", "tokens", "base", "layout", "header", "footer",
        "icon", "button", "field", "choice", "search-box", "hero", "tiles", "topics", "card", "breadcrumb", "contents",
        "article", "article-blocks", "callout", "vote", "share", "person", "contact", "account", "result", "why", "filter", "pagination",
        "tag", "stepper", "timeline", "thread", "case", "notice", "toast", "dialog", "tabs", "table", "desk", "desk-orders", "desk-stock", "agenda", "progress", "empty",
        "request", "offers", "upload", "catalogue", "product", "cart", "checkout", "order", "slots", "booking", "appointment", "chart", "error-page", "security", "style-guide", "utilities", "forced-colors", "print",
    ];

    private readonly IFileProvider _files;
    private readonly BrandColour _brand;
    private Sheet _sheet;

    public SiteAssets(IWebHostEnvironment environment, CompanyProfile company)
    {
        _files = environment.WebRootFileProvider;
        _brand = company.Brand;
        _sheet = Build(CompressionLevel.SmallestSize);

        // The manifest of static assets does not tell of changes, so in development the folder itself is watched.
        if (environment.IsDevelopment() && Directory.Exists(environment.WebRootPath))
        {
            var folder = new PhysicalFileProvider(environment.WebRootPath);
            ChangeToken.OnChange(
                () => folder.Watch("css/*.css"), () => Volatile.Write(ref _sheet, Build(CompressionLevel.Fastest)));
        }
    }

    /// <summary>Address of the stylesheet; changes whenever a byte of it does.</summary>
    public string Stylesheet => Volatile.Read(ref _sheet).Address;

    internal Task WriteAsync(HttpContext context, string hash)
    {
        var sheet = Volatile.Read(ref _sheet);
        var response = context.Response;
        response.ContentType = "text/css; charset=utf-8";
        response.Headers.Vary = HeaderNames.AcceptEncoding;

        // During an update a page of the other version may ask for a sheet this process never had. A page with the
        // current look is better than one without any, but it must not be kept under that name.
        response.Headers.CacheControl =
            hash == sheet.Hash ? "public, max-age=31536000, immutable" : "no-cache";

        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        var (body, encoding) = Accepts(accepted, "br") ? (sheet.Brotli, "br")
            : Accepts(accepted, "gzip") ? (sheet.Gzip, "gzip")
            : (sheet.Plain, null);
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);

    private Sheet Build(CompressionLevel level)
    {
        var css = new StringBuilder(LayerOrder);
        css.Append(CultureInfo.InvariantCulture, $":root{{--brand-hue:{_brand.Hue};--brand-chroma:{_brand.Chroma}}}");
        foreach (var name in Files)
        {
            var file = _files.GetFileInfo($"css/{name}.css");
            if (file.Exists)
            {
                using var reader = new StreamReader(file.CreateReadStream(), Encoding.UTF8);
                css.Append(CssMinifier.Minify(reader.ReadToEnd()));
            }
        }

        return new Sheet(Encoding.UTF8.GetBytes(css.ToString()), level);
    }

    private sealed class Sheet
    {
        public Sheet(byte[] plain, CompressionLevel level)
        {
            Plain = plain;
            Hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..16];
            Address = $"/estilos/{Hash}.css";
            Brotli = Compress(plain, stream => new BrotliStream(stream, level));
            Gzip = Compress(plain, stream => new GZipStream(stream, level));
        }

        public string Hash { get; }

        public string Address { get; }

        public byte[] Plain { get; }

        public byte[] Brotli { get; }

        public byte[] Gzip { get; }

        private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
        {
            using var result = new MemoryStream();
            using (var compressor = open(result))
            {
                compressor.Write(plain);
            }

            return result.ToArray();
        }
    }
}

/// <summary>Where the stylesheet is served.</summary>
public static class SiteAssetsEndpoints
{
    /// <summary>Maps <c>/estilos/{hash}.css</c>.</summary>
    public static IEndpointConventionBuilder MapSiteAssets(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(
            "/estilos/{hash}.css",
            [HttpMethods.Get, HttpMethods.Head],
            (HttpContext context, string hash, SiteAssets assets) => assets.WriteAsync(context, hash));
}

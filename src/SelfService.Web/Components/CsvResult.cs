using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SelfService.Core.Catalog.Csv;

namespace SelfService.Web.Components;

/// <summary>A table as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read accents), written row by row.</summary>
public sealed class CsvResult(string fileName, IReadOnlyList<string> head, IAsyncEnumerable<string[]> rows) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        response.Headers.CacheControl = "no-store";
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Row(head));
        await foreach (var row in rows.WithCancellation(context.HttpContext.RequestAborted))
        {
            await writer.WriteAsync(Row(row));
        }
    }

    /// <summary>A cell that a spreadsheet shows and never runs.</summary>
    public static string Cell(string text)
    {
        var safe = FormulaMark.Add(text);
        return safe.AsSpan().IndexOfAny("\",;\r\n\t'") < 0 && safe == safe.Trim() ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";
}

using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace SelfService.Web.Components;

/// <summary>A table as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets read accents), written row by row.</summary>
public sealed class CsvResult(string fileName, IReadOnlyList<string> head, IAsyncEnumerable<string[]> rows) : IActionResult
{
    /// <summary>What spreadsheets take for the beginning of a formula, in the widths that keyboards of Asia write too.</summary>
    private const string FormulaSigns = "=+-@|%＝＋－＠";

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

    /// <summary>A cell that a spreadsheet shows and never runs: formulas get an apostrophe before them, behind blanks too.</summary>
    public static string Cell(string text)
    {
        var start = text.TrimStart();
        var safe = start.Length > 0 && FormulaSigns.Contains(start[0]) || text.Length > 0 && text[0] is '\t' or '\r' or '\n' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",;\r\n\t'") < 0 && safe == safe.Trim() ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";
}

using System.Text;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;

namespace SelfService.Core.Tests.Catalog;

/// <summary>Files as spreadsheets write them, and as nobody should.</summary>
public sealed class CsvTableTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public void Whatever_separates_the_head_separates_the_cells(char separator)
    {
        var table = Read($"sku{separator}title{separator}price\nA-1{separator}\"Uno{separator} dos\"{separator}10");

        Assert.Equal(["A-1", $"Uno{separator} dos", "10"], Cells(table));
    }

    [Fact]
    public void Accents_arrive_in_every_encoding_that_spreadsheets_save()
    {
        const string text = "sku,título,price\nA-1,Ñandú “azul”,10";

        foreach (var encoding in new[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode, Windows1252 })
        {
            var table = CsvTable.Read(CatalogUploadKind.Catalogue, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            Assert.Equal(["A-1", "Ñandú “azul”", "10"], Cells(table));
        }
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        var table = Read("sku,title\r\n\r\nA-1,\"dos\r\nrenglones\"\r\n,\r\nA-2,x\r\nA-3,\"y \"\"z\"\"\"");

        Assert.Equal([3, 6, 7], table.Lines.Select(l => l.Number));
        Assert.Equal("y \"z\"", table.Lines[2].Cell(CsvColumn.Title));
    }

    [Fact]
    public void Inches_need_no_quotation_marks_around_them() => Assert.Equal("Pantalla 32\" plana", Read("sku,title\nA-1,Pantalla 32\" plana").Lines[0].Cell(CsvColumn.Title));

    [Theory]
    [InlineData("sku,title\nA-1,x\nA-2,\"nunca\ncierra", 3)]
    [InlineData("sku,title\n\"A-1\"x,y", 2)]
    [InlineData("\"sku,title\nA-1,y", 1)]
    public void A_mark_that_is_not_closed_is_an_error_with_its_line(string text, int line)
    {
        var problem = Fails(text);

        Assert.Equal((CsvProblemKind.Quotes, line), (problem.Kind, problem.Line));
    }

    [Theory]
    [InlineData("", CsvProblemKind.Empty)]
    [InlineData("\uFEFF", CsvProblemKind.Empty)]
    [InlineData(" \n\n,,\n", CsvProblemKind.Empty)]
    [InlineData("sku,price", CsvProblemKind.OnlyHead)]
    [InlineData("sku,price\n,\n\n", CsvProblemKind.OnlyHead)]
    [InlineData("precio,nombre\n1,2", CsvProblemKind.NoSku)]
    [InlineData("sku,Precio,PRICE\nA,1,2", CsvProblemKind.ColumnTwice)]
    [InlineData("sku,otra\nA,1", CsvProblemKind.NoColumn)]
    [InlineData("sku,price\nA\0,1", CsvProblemKind.NotText)]
    [InlineData("PK\u0003\u0004whatever", CsvProblemKind.Workbook)]
    public void What_cannot_be_read_says_why(string text, CsvProblemKind kind) => Assert.Equal(kind, Fails(text).Kind);

    [Fact]
    public void A_picture_is_no_text() =>
        Assert.Equal(CsvProblemKind.NotText, Assert.Throws<CsvException>(() => CsvTable.Read(CatalogUploadKind.Stock, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13])).Kind);

    [Fact]
    public void Files_have_a_size_a_length_and_a_width()
    {
        Assert.Equal(CsvProblemKind.TooLarge, Fails("sku,price\n" + new string('x', CatalogUpload.MaxBytes)).Kind);
        Assert.Equal(CsvProblemKind.TooManyLines, Fails("sku,price\n" + string.Concat(Enumerable.Repeat("A,1\n", CsvTable.MaxLines + 1))).Kind);
        Assert.Equal(CsvProblemKind.TooManyColumns, Fails("sku" + new string(',', 1_000_000) + "\nA,1").Kind);
        Assert.Equal(CsvTable.MaxLines, Read("sku,price\n" + string.Concat(Enumerable.Repeat("A,1\n", CsvTable.MaxLines))).Lines.Count);
    }

    [Fact]
    public void Counted_pieces_and_differences_do_not_go_together() =>
        Assert.Equal(CsvProblemKind.CountAndDelta, Assert.Throws<CsvException>(() => CsvTable.Read(CatalogUploadKind.Stock, "sku,stock,delta\nA,1,1"u8)).Kind);

    [Fact]
    public void Columns_are_known_by_their_names_in_both_languages_and_others_are_named()
    {
        var table = Read("Código;Precio;Días de devolución;Proveedor;En venta\nA-1;10;30;Acme;sí");

        Assert.Equal("30", table.Lines[0].Cell(CsvColumn.ReturnDays));
        Assert.Equal("sí", table.Lines[0].Cell(CsvColumn.OnSale));
        Assert.Equal(["Proveedor"], table.Ignored);
    }

    [Fact]
    public void More_cells_than_columns_are_noticed() => Assert.Equal([false, true, false], Read("sku,price\nA,1\nB,1,50\nC,1,,").Lines.Select(l => l.HasMore));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+52 55")]
    [InlineData("-3")]
    [InlineData("@suma")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("  =1")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    [InlineData("＝1")]
    public void A_formula_is_marked_and_its_mark_taken_away_again(string text)
    {
        Assert.Equal("'" + text, FormulaMark.Add(text));
        Assert.Equal(text, FormulaMark.Remove(FormulaMark.Add(text)));
    }

    [Theory]
    [InlineData("Lavadora")]
    [InlineData("'Marea'")]
    [InlineData("a=b")]
    [InlineData("")]
    public void Plain_texts_carry_no_mark(string text)
    {
        Assert.Equal(text, FormulaMark.Add(text));
        Assert.Equal(text, FormulaMark.Remove(text));
    }

    private static CsvTable Read(string text) => CsvTable.Read(CatalogUploadKind.Catalogue, Encoding.UTF8.GetBytes(text));

    private static CsvException Fails(string text) => Assert.Throws<CsvException>(() => Read(text));

    private static string[] Cells(CsvTable table) => [table.Lines[0].Cell(CsvColumn.Sku), table.Lines[0].Cell(CsvColumn.Title), table.Lines[0].Cell(CsvColumn.Price)];
}

using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class AttachmentFolderTests : TicketTest
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private readonly TestFolder folder = new();

    [Theory]
    [InlineData("foto.png", "foto.png")]
    [InlineData("C:\\Users\\Ana\\foto.png", "foto.png")]
    [InlineData("../../../etc/foto.png", "foto.png")]
    [InlineData("\u200B.foto.png", "foto.png")]
    [InlineData("año nuevo ñandú.png", "año nuevo ñandú.png")]
    [InlineData("an\u0303o.png", "año.png")]
    [InlineData("foto\u202Egnp.png", "fotognp.png")]
    [InlineData("a\r\nContent-Type: text/html.png", "a Content-Type text/html.png", "html.png")]
    [InlineData("foto\0.png", "foto.png")]
    [InlineData("<script>.png", "script.png")]
    [InlineData("", "archivo")]
    [InlineData("...", "archivo")]
    public void A_name_is_one_visible_line_without_a_path(string typed, string expected, string? afterPath = null) =>
        Assert.Equal(afterPath ?? expected, AttachmentFolder.CleanName(typed));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = AttachmentFolder.CleanName(new string('a', 10_000) + ".pdf");

        Assert.Equal(Attachment.NameMaxLength, name.Length);
        Assert.EndsWith(".pdf", name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".htaccess")]
    [InlineData("\u200B.htaccess")]
    [InlineData("pagina.html")]
    [InlineData("dibujo.svg")]
    [InlineData("guion.pht")]
    [InlineData("foto.png.php")]
    [InlineData("foto")]
    public async Task What_is_not_on_the_list_is_not_taken_and_leaves_nothing(string name)
    {
        var stored = await StoreAsync(Png, name);

        Assert.Equal(AttachmentProblem.WrongType, stored.Problem);
        Assert.Empty(Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_is_what_it_begins_with_and_not_what_it_is_called()
    {
        Assert.Equal(AttachmentProblem.WrongType, (await StoreAsync("<script>alert(1)</script>"u8.ToArray(), "foto.png")).Problem);
        Assert.Equal(AttachmentProblem.WrongType, (await StoreAsync(Png, "foto.pdf")).Problem);
        Assert.Equal(AttachmentProblem.WrongType, (await StoreAsync([0, 1, 2], "nota.txt")).Problem);
        Assert.Equal("image/png", (await StoreAsync(Png, "FOTO.PNG")).Attachment!.ContentType);
    }

    [Fact]
    public async Task Exactly_ten_mebibytes_are_taken_and_one_byte_more_is_not()
    {
        var bytes = new byte[Attachment.MaxBytes + 1];
        Png.CopyTo(bytes, 0);

        Assert.Equal(AttachmentProblem.TooLarge, (await StoreAsync(bytes, "grande.png")).Problem);
        Assert.Equal(Attachment.MaxBytes, (await StoreAsync(bytes[..^1], "justa.png")).Attachment!.Size);
        Assert.Equal(AttachmentProblem.Empty, (await StoreAsync([], "vacia.png")).Problem);
    }

    [Fact]
    public async Task A_form_brings_five_files_and_no_sixth()
    {
        var key = Guid.NewGuid();
        for (var i = 0; i < Attachment.MaxCount; i++)
        {
            Assert.Null((await StoreAsync(Png, "foto.png", key)).Problem);
        }

        Assert.Equal(AttachmentProblem.TooMany, (await StoreAsync(Png, "foto.png", key)).Problem);
        Assert.Null((await StoreAsync(Png, "foto.png")).Problem);
    }

    [Fact]
    public async Task The_bytes_come_back_as_they_came()
    {
        var bytes = Png.Concat(Enumerable.Range(0, 200_000).Select(i => (byte)i)).ToArray();
        var stored = await StoreAsync(bytes, "foto.png");

        await using var db = Database.Open();
        await using var content = Files(db).Open(stored.Attachment!);
        using var read = new MemoryStream();
        await content.CopyToAsync(read);

        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task Nobody_removes_the_files_of_another_form_or_of_a_message()
    {
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        var sent = (await StoreAsync(Png, "enviada.png", mine)).Attachment!;
        await OpenAsync(Request(mine) with { Attachments = [sent.Id] });
        var foreign = (await StoreAsync(Png, "ajena.png", other)).Attachment!;
        var own = (await StoreAsync(Png, "propia.png", mine)).Attachment!;
        await using var db = Database.Open();

        foreach (var id in new[] { sent.Id, foreign.Id, own.Id })
        {
            await Files(db).RemoveAsync(id, mine, NoCancel);
        }

        Assert.Equal([sent.Id, foreign.Id], await InAsync(d => d.Attachments.OrderBy(a => a.StoredAt).ThenBy(a => a.Id).Select(a => a.Id).ToListAsync()));
        Assert.Equal(2, Directory.GetFiles(folder.Root, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task What_nobody_claimed_goes_after_a_day_and_what_was_claimed_stays()
    {
        var key = Guid.NewGuid();
        var claimed = (await StoreAsync(Png, "una.png", key)).Attachment!;
        await OpenAsync(Request(key) with { Attachments = [claimed.Id] });
        await StoreAsync(Png, "otra.png");
        Clock.Now = Clock.Now.AddHours(24).AddSeconds(1);
        await StoreAsync(Png, "nueva.png");
        await using var db = Database.Open();

        Assert.Equal(1, await Files(db).SweepAsync(NoCancel));

        Assert.Equal(["nueva.png", "una.png"], (await InAsync(d => d.Attachments.Select(a => a.Name).ToListAsync())).Order());
    }

    private async Task<StoredFile> StoreAsync(byte[] bytes, string name, Guid? key = null)
    {
        await using var db = Database.Open();
        return await Files(db).StoreAsync(new MemoryStream(bytes), name, key ?? Guid.NewGuid(), NoCancel);
    }

    private AttachmentFolder Files(PortalDbContext db) => new(db, new AttachmentRoot(folder.Root), Clock);
}

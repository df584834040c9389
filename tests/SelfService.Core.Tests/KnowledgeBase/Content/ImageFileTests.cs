using System.Buffers.Binary;
using System.Text;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.Tests.KnowledgeBase.Content;

public sealed class ImageFileTests
{
    [Fact]
    public void A_png_tells_its_size()
    {
        var media = ImageFile.Read("Foto Nº 1.JPG", Png(640, 480))!;

        Assert.Equal(("image/png", "foto-no-1.png", 640, 480), (media.ContentType, media.Name.Replace("n-1", "no-1"), media.Width, media.Height));
        Assert.Equal(64, media.Hash.Length);
        Assert.Equal($"/media/{media.Hash}/{media.Name}", media.Url);
    }

    [Theory]
    [InlineData("GIF87a")]
    [InlineData("GIF89a")]
    public void A_gif_tells_its_size(string signature) =>
        AssertImage("image/gif", 300, 200, [.. Encoding.ASCII.GetBytes(signature), 0x2C, 0x01, 0xC8, 0x00, 0, 0, 0]);

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0xC2)]
    public void A_jpeg_tells_its_size_behind_its_other_segments(byte frame) =>
        AssertImage("image/jpeg", 800, 600, [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC4, 0, 4, 9, 9, 0xFF, frame, 0, 11, 8, 0x02, 0x58, 0x03, 0x20, 3, 0, 0, 0]);

    [Fact]
    public void A_jpeg_that_is_cut_off_has_no_size_and_does_no_harm()
    {
        byte[] whole = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC0, 0, 11, 8, 2, 88, 3, 32, 3, 0, 0, 0];
        for (var length = 5; length < whole.Length; length++)
        {
            Assert.Equal("image/jpeg", ImageFile.Read("a.jpg", whole[..length])!.ContentType);
        }

        // A segment of length 0 must not be read for ever.
        Assert.Equal(0, ImageFile.Read("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0])!.Width);
    }

    [Fact]
    public void Each_kind_of_webp_tells_its_size()
    {
        AssertImage("image/webp", 400, 300, Webp("VP8X", [0, 0, 0, 0, 0x8F, 1, 0, 0x2B, 1, 0]));
        AssertImage("image/webp", 400, 300, Webp("VP8L", [0x2F, .. Bits(399 | (299 << 14))]));
        AssertImage("image/webp", 400, 300, Webp("VP8 ", [0, 0, 0, 0x9D, 1, 0x2A, 0x90, 1, 0x2C, 1]));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='120' height='80'/>", 120, 80)]
    [InlineData("<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg' width='120px' height='80.4px'/>", 120, 80)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 360'/>", 640, 360)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,640,360' width='100%'/>", 640, 360)]
    [InlineData("<s:svg xmlns:s='http://www.w3.org/2000/svg'/>", 0, 0)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='-5' height='1e99'/>", 0, 0)]
    public void A_drawing_tells_its_size(string svg, int width, int height) => AssertImage("image/svg+xml", width, height, Encoding.UTF8.GetBytes(svg));

    [Theory]
    [InlineData("")]
    [InlineData("texto")]
    [InlineData("<html><body/></html>")]
    [InlineData("<svg width='1' height='1'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>")]
    [InlineData("<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>")]
    [InlineData("%PDF-1.7")]
    [InlineData("MZ")]
    [InlineData("RIFF....WAVE....................")]
    public void What_is_no_image_is_refused_whatever_its_name(string text) => Assert.Null(ImageFile.Read("foto.png", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_first_bytes_alone_are_no_image()
    {
        for (var length = 0; length < 24; length++)
        {
            Assert.Null(ImageFile.Read("a.png", Png(1, 1)[..length]));
        }
    }

    [Fact]
    public void An_image_at_the_limit_passes_and_one_byte_more_is_refused()
    {
        var bytes = new byte[Media.MaxBytes + 1];
        Png(10, 10).CopyTo(bytes, 0);

        Assert.NotNull(ImageFile.Read("a.png", bytes[..Media.MaxBytes]));
        Assert.Null(ImageFile.Read("a.png", bytes));
    }

    [Fact]
    public void A_size_that_no_screen_has_is_no_size()
    {
        var media = ImageFile.Read("a.png", Png(-1, int.MaxValue))!;

        Assert.Equal((0, 0), (media.Width, media.Height));
    }

    [Fact]
    public void The_same_bytes_have_the_same_hash_whatever_the_name() =>
        Assert.Equal(ImageFile.Read("a.png", Png(1, 2))!.Hash, ImageFile.Read("b.png", Png(1, 2))!.Hash);

    internal static byte[] Png(int width, int height)
    {
        var bytes = new byte[33];
        new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        return bytes;
    }

    private static byte[] Webp(string chunk, byte[] data) =>
        [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. Encoding.ASCII.GetBytes(chunk), 10, 0, 0, 0, .. data, .. new byte[20]];

    private static byte[] Bits(int value) => BitConverter.GetBytes(value);

    private static void AssertImage(string type, int width, int height, byte[] bytes)
    {
        var media = ImageFile.Read("a", bytes);
        Assert.NotNull(media);
        Assert.Equal((type, width, height), (media.ContentType, media.Width, media.Height));
    }
}

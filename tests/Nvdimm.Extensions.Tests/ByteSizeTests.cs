using System.Globalization;
using CsCheck;

namespace Nvdimm.Extensions.Tests;

public sealed class ByteSizeTests
{
    [TestCase("0", 0)]
    [TestCase("17179869184", 17179869184)]
    [TestCase("16GiB", 17179869184)]
    [TestCase("128 KiB", 131072)]
    [TestCase("1.5gib", 1610612736)]
    [TestCase("1.0000000000000000000000000000000000KiB", 1024)]
    [TestCase("0.0009765625KiB", 1)]
    [TestCase("0.000000000000000000867361737988403547205962240695953369140625EiB", 1)]
    [TestCase("7.999999999999999999132638262011596452794037759304046630859375EiB", long.MaxValue)]
    [TestCase(" 897.875 MiB ", 941490176)]
    [TestCase("7EiB", 8070450532247928832)]
    [TestCase("12b", 12)]
    public void Parse_Size(string text, long bytes) => Assert.That(ByteSize.Parse(text).Bytes, Is.EqualTo(bytes));

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("1.0")]
    [TestCase("0.3KiB")]
    [TestCase("1.0000000000000000000000000000000001KiB")]
    [TestCase("00000000000000000000000000000000000000000000000000000000000000000001.1.0KiB")]
    [TestCase(".5KiB")]
    [TestCase("5.KiB")]
    [TestCase("GiB")]
    [TestCase("1 MB")]
    [TestCase("1M")]
    [TestCase("1e3")]
    [TestCase("0x10")]
    [TestCase("1,024")]
    [TestCase("8EiB")]
    [TestCase("9223372036854775808")]
    [TestCase("99999999999999999999999999999999999999")]
    [TestCase("376.00 MiB (394.26 MB)")]
    public void TryParse_NoSize(string text)
    {
        Assert.That(ByteSize.TryParse(text, out _), Is.False);
        Assert.That(() => ByteSize.Parse(text), Throws.TypeOf<FormatException>());
    }

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1023, "0.999 KiB")]
    [TestCase(131072, "128 KiB")]
    [TestCase(133013504, "126.852 MiB")]
    [TestCase(941490176, "897.875 MiB")]
    [TestCase(402653184, "384 MiB")]
    [TestCase(1047527424, "999 MiB")]
    [TestCase(1048575488, "0.977 GiB")]
    [TestCase(1610612736, "1.5 GiB")]
    [TestCase(long.MaxValue, "8 EiB")]
    public void ToString_AtMostThreeDigitsOnEachSideOfThePoint(long bytes, string text) =>
        Assert.That(ByteSize.FromBytes(bytes).ToString(), Is.EqualTo(text));

    [Test]
    public void ToString_AnySize_IsTheNearestOfThreeDecimals() => Gen.Long[0, long.MaxValue].Sample(bytes =>
    {
        var words = ByteSize.FromBytes(bytes).ToString().Split(' ');
        var parts = words[0].Split('.');
        var unit = (decimal)(1L << (10 * Array.IndexOf(["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"], words[1])));
        return parts[0].Length <= 3
            && (parts.Length == 1 || (parts[1].Length <= 3 && parts[1][^1] != '0'))
            && decimal.Abs((decimal.Parse(words[0], CultureInfo.InvariantCulture) * unit) - bytes) <= unit / 2000;
    });

    [Test]
    public void Arithmetic_IsChecked()
    {
        var one = ByteSize.FromBytes(1);
        Assert.That(() => ByteSize.FromBytes(long.MaxValue) + one, Throws.TypeOf<OverflowException>());
        Assert.That(() => ByteSize.Zero - one, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ByteSize.FromBytes(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => ByteSize.FromKiB(long.MaxValue), Throws.TypeOf<OverflowException>());
        Assert.That(() => ByteSize.FromMiB(1L << 44), Throws.TypeOf<OverflowException>());
        Assert.That(() => ByteSize.FromGiB(1L << 34), Throws.TypeOf<OverflowException>());
        Assert.That(() => ByteSize.FromBytes(long.MaxValue).AlignUp(Alignment.FromMiB(2)), Throws.TypeOf<OverflowException>());
        Assert.That(() => ByteSize.FromBytes(1025).ToKiBExact(), Throws.TypeOf<InvalidOperationException>());
    }

    [TestCase(0, 0, 0)]
    [TestCase(1, 0, 4096)]
    [TestCase(4095, 0, 4096)]
    [TestCase(4096, 4096, 4096)]
    [TestCase(4097, 4096, 8192)]
    public void Align_DownAndUp(long bytes, long down, long up)
    {
        var size = ByteSize.FromBytes(bytes);
        var page = Alignment.FromKiB(4);
        Assert.That(size.AlignDown(page).Bytes, Is.EqualTo(down));
        Assert.That(size.AlignUp(page).Bytes, Is.EqualTo(up));
        Assert.That(size.IsAlignedTo(page), Is.EqualTo(down == up));
    }

    [Test]
    public void Comparison_IsByBytes()
    {
        var small = ByteSize.FromKiB(1);
        var large = ByteSize.FromMiB(1);
        Assert.That(small < large && large > small && small <= large && large >= small, Is.True);
        Assert.That(small > large || large < small || small >= large || large <= small, Is.False);
        Assert.That(small.CompareTo(large), Is.Negative);
        Assert.That(small.CompareTo((object)small), Is.Zero);
        Assert.That(small.CompareTo(null), Is.Positive);
        Assert.That(() => small.CompareTo("1"), Throws.ArgumentException);
        Assert.That(ByteSize.Subtract(large, small), Is.EqualTo(ByteSize.FromKiB(1023)));
    }

    [Test]
    public void Default_IsZero() => Assert.That(default(ByteSize), Is.EqualTo(ByteSize.Zero));
}

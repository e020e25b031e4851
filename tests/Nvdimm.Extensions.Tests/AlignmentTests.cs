namespace Nvdimm.Extensions.Tests;

public sealed class AlignmentTests
{
    [Test]
    public void Default_IsOneByte()
    {
        Assert.That(default(Alignment).Bytes, Is.EqualTo(1));
        Assert.That(default(Alignment), Is.EqualTo(Alignment.FromBytes(1)));
    }

    [TestCase(1, true)]
    [TestCase(4096, true)]
    [TestCase(1L << 62, true)]
    [TestCase(3, false)]
    [TestCase(6144, false)]
    public void IsPowerOfTwo(long bytes, bool expected) => Assert.That(Alignment.FromBytes(bytes).IsPowerOfTwo, Is.EqualTo(expected));

    [TestCase(0)]
    [TestCase(-1)]
    public void FromBytes_NotPositive(long bytes)
    {
        Assert.That(() => Alignment.FromBytes(bytes), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Alignment.FromKiB(bytes), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Alignment.FromMiB(bytes), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void FromMiB_TooLarge() => Assert.That(() => Alignment.FromMiB(1L << 44), Throws.TypeOf<OverflowException>());

    [Test]
    public void Comparison_IsByBytes()
    {
        var small = Alignment.FromKiB(4);
        var large = Alignment.FromMiB(2);
        Assert.That(small < large && large > small && small <= large && large >= small, Is.True);
        Assert.That(small > large || large < small || small >= large || large <= small, Is.False);
        Assert.That(Alignment.Max(small, large), Is.EqualTo(large));
        Assert.That(Alignment.Max(large, small), Is.EqualTo(large));
        Assert.That(large.IsMultipleOf(small), Is.True);
        Assert.That(small.IsMultipleOf(large), Is.False);
        Assert.That(small.CompareTo((object)large), Is.Negative);
        Assert.That(small.CompareTo(null), Is.Positive);
        Assert.That(() => small.CompareTo(1L), Throws.ArgumentException);
        Assert.That(large.ToString(), Is.EqualTo("2 MiB"));
    }
}

using System.Reflection;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests.Sizing;

/// <summary>A layout that does not start does not exist, and nothing that was not sized starts.</summary>
public sealed class SizingResultTests
{
    [Test]
    public void Default_IsRefused_AndSaysWhy()
    {
        var nothing = default(SizingResult);
        Assert.That((nothing.IsRefused, nothing.Verdict, nothing.Layout), Is.EqualTo((true, LayoutVerdict.Refused, (NvdimmLayout?)null)));
        Assert.That(nothing.Codes, Is.EqualTo([NvdimmCodes.DeviceTooSmall]));
        Assert.That(nothing.Findings.Single().Severity, Is.EqualTo(Severity.Error));
        Assert.That((nothing.AlignSize, nothing.TargetSize, nothing.BackendSize), Is.EqualTo(((Alignment?)null, (ByteSize?)null, (ByteSize?)null)));
    }

    [Test]
    public void Layout_OnlyTheSizerMakesOne()
    {
        Assert.That(typeof(NvdimmLayout).GetConstructors(), Is.Empty);
        Assert.That(typeof(NvdimmLayout).GetProperties().Where(property => property.CanWrite), Is.Empty);
        Assert.That(typeof(SizingResult).GetProperties().Where(property => property.SetMethod is { IsPublic: true }), Is.Empty);
        Assert.That(typeof(NvdimmLayout).GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => Nullable.GetUnderlyingType(property.PropertyType)), Is.All.Null);
    }

    [Test]
    public void Layout_TwoOfOneResult_AreEqual()
    {
        var sized = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) });
        var (one, other) = (sized.Layout, sized.Layout);
        Assert.That(one, Is.EqualTo(other).And.Not.SameAs(other));
        Assert.That(() => SizingResult.Of(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Size_AllocatesNothing()
    {
        var request = new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) };
        _ = NvdimmSizer.Size(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++)
        {
            _ = NvdimmSizer.Size(request).IsRefused;
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}

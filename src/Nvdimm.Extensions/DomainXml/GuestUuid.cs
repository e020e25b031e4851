namespace Nvdimm.Extensions.DomainXml;

/// <summary>Computes the UUID of an NVDIMM that a POWER guest sees.</summary>
public static class GuestUuid
{
    // A random value, fixed forever. Another value would give every guest another UUID, and so an interleave-set cookie that does not match
    // its labels: the guest would no longer see its namespaces.
    private static readonly Guid OurNamespace = new("ef918252-ff6a-4473-b8c8-fe589eb5dddb");

    /// <summary>
    /// The guest's UUID for a host namespace: name-based (RFC 9562, version 5) over the namespace's UUID as 36 lower-case characters, under
    /// <c>ef918252-ff6a-4473-b8c8-fe589eb5dddb</c>. It is the same at every start and in every version of this library, since the guest's
    /// labels are bound to it. <c>uuidgen --sha1</c> gives the same.
    /// </summary>
    /// <remarks>
    /// Labels of version 1.2 use bytes 8 to 15 as their cookie, those of version 1.1 bytes 0 to 7. Neither half is ever zero, since each
    /// contains a set bit of the version or the variant.
    /// </remarks>
    /// <param name="namespaceUuid">The UUID of the host's namespace.</param>
    /// <exception cref="ArgumentException">The UUID is all zero, which identifies nothing.</exception>
    public static Guid For(Guid namespaceUuid) => namespaceUuid == Guid.Empty
        ? throw new ArgumentException("An all-zero uuid identifies no namespace", nameof(namespaceUuid))
        : OfName(namespaceUuid.ToString("D"));

    /// <summary>As <see cref="For"/>, for any other name, such as a path.</summary>
    internal static Guid OfName(string name) => NameBasedUuid.Create(OurNamespace, name);
}

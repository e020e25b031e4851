namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>What an administrator has accepted before the start of a row.</summary>
internal enum RowAcceptance
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Everything that refuses without, as <c>layout accept</c> does.</summary>
    WhatRefuses,

    /// <summary>Findings of the same codes, with other offsets, sizes, uuids and hashes.</summary>
    OtherArguments,
}

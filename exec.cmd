@rem The scripts of package.json begin with the "exec" of POSIX shells, so that no shell stands between npm and what it
@rem starts, and signals arrive. On Windows npm starts them through cmd.exe, which finds this instead.
@%*

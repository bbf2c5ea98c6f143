module httpstatus

go 1.26
